import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ArticlesModule } from '../articles/articles.module.js';
import { PublishersModule } from '../publishers/publishers.module.js';
import { TaxonomyModule } from '../taxonomy/taxonomy.module.js';
import { ArticleResolver } from './article.resolver.js';
import {
  ArticleReferenceEntity,
  ArticleSlugEntity,
  CurrentArticleEntity,
  EditionEntity,
  EditionTextEntity,
  ReferenceEntity,
} from './edition.entity.js';
import { EditionsQueries } from './editions.queries.js';
import { EditionsService } from './editions.service.js';
import { NodeResolver } from './node.resolver.js';
import { ReferencesQueries } from './references.queries.js';
import { ReferencesResolver } from './references.resolver.js';
import { SearchQueries } from './search.queries.js';
import { SearchResolver } from './search.resolver.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      EditionEntity,
      EditionTextEntity,
      CurrentArticleEntity,
      ArticleSlugEntity,
      ReferenceEntity,
      ArticleReferenceEntity,
    ]),
    ArticlesModule,
    PublishersModule,
    TaxonomyModule,
  ],
  providers: [
    EditionsQueries,
    EditionsService,
    SearchQueries,
    ReferencesQueries,
    ArticleResolver,
    SearchResolver,
    ReferencesResolver,
    NodeResolver,
  ],
  exports: [EditionsQueries, EditionsService],
})
export class EditionsModule {}
