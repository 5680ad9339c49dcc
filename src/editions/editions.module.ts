import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ArticlesModule } from '../articles/articles.module.js';
import { PublishersModule } from '../publishers/publishers.module.js';
import { TaxonomyModule } from '../taxonomy/taxonomy.module.js';
import { ArticleResolver } from './article.resolver.js';
import {
  ArticleFactEntity,
  ArticleHeadlineEntity,
  ArticleSlugEntity,
  CurrentArticleEntity,
  EditionEntity,
  EditionTextEntity,
  LanguageSetEntity,
  ReferenceEntity,
  ReuseSetEntity,
  TombstoneEntity,
} from './edition.entity.js';
import { EditionChanges } from './edition-changes.js';
import { EditionEvents } from './edition-events.js';
import { EditionEventsQueries } from './edition-events.queries.js';
import { EditionEventsResolver } from './edition-events.resolver.js';
import { EditionPreviews } from './edition-previews.js';
import { EditionsQueries } from './editions.queries.js';
import { EditionsService } from './editions.service.js';
import { NodeResolver } from './node.resolver.js';
import { ReferencesQueries } from './references.queries.js';
import { ReferencesResolver } from './references.resolver.js';
import { SearchQueries } from './search.queries.js';
import { SearchResolver } from './search.resolver.js';
import { WrittenArticles } from './written-articles.js';
import { TombstoneResolver } from './tombstone.resolver.js';
import { TombstonesQueries } from './tombstones.queries.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      EditionEntity,
      EditionTextEntity,
      CurrentArticleEntity,
      ArticleSlugEntity,
      ArticleFactEntity,
      ArticleHeadlineEntity,
      LanguageSetEntity,
      ReuseSetEntity,
      ReferenceEntity,
      TombstoneEntity,
    ]),
    ArticlesModule,
    PublishersModule,
    TaxonomyModule,
  ],
  providers: [
    EditionChanges,
    EditionEvents,
    EditionEventsQueries,
    EditionEventsResolver,
    EditionPreviews,
    EditionsQueries,
    EditionsService,
    SearchQueries,
    ReferencesQueries,
    ArticleResolver,
    SearchResolver,
    ReferencesResolver,
    NodeResolver,
    WrittenArticles,
    TombstoneResolver,
    TombstonesQueries,
  ],
  exports: [EditionChanges, EditionPreviews, EditionsQueries, EditionsService],
})
export class EditionsModule {}
