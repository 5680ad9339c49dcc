import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ArticleEntity } from './article.entity.js';
import {
  ArticleContactPointEntity,
  ArticleLinkEntity,
  ArticleNoticeEntity,
  ArticleReuseTermEntity,
  ArticleTermEntity,
  CopyrightNoticeEntity,
  CreditEntity,
  WrapperLineEntity,
} from './article-parts.entity.js';
import { ArticlesQueries } from './articles.queries.js';
import { FindingEntity } from './finding.entity.js';
import { OriginEntity } from './origin.entity.js';
import { RevisionEntity, SlugEntity, TranslationEntity, WorkingTextEntity } from './translation.entity.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      ArticleEntity,
      OriginEntity,
      TranslationEntity,
      RevisionEntity,
      SlugEntity,
      WorkingTextEntity,
      CreditEntity,
      ArticleTermEntity,
      ArticleLinkEntity,
      CopyrightNoticeEntity,
      ArticleNoticeEntity,
      ArticleReuseTermEntity,
      ArticleContactPointEntity,
      WrapperLineEntity,
      FindingEntity,
    ]),
  ],
  providers: [ArticlesQueries],
  exports: [ArticlesQueries],
})
export class ArticlesModule {}
