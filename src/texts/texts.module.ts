import { Module } from '@nestjs/common';
import { ArticlesModule } from '../articles/articles.module.js';
import { SourcesModule } from '../sources/sources.module.js';
import { TextsQueries } from './texts.queries.js';
import { TranslationsService } from './translations.service.js';
import { WorkingTextsService } from './working-texts.service.js';

@Module({
  imports: [ArticlesModule, SourcesModule],
  providers: [TextsQueries, TranslationsService, WorkingTextsService],
  exports: [TextsQueries, TranslationsService, WorkingTextsService],
})
export class TextsModule {}
