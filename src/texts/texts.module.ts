import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ArticlesModule } from '../articles/articles.module.js';
import { SourcesModule } from '../sources/sources.module.js';
import { SourceTiesService } from './source-ties.service.js';
import { TextsQueries } from './texts.queries.js';
import { TranslationsService } from './translations.service.js';
import { WorkingTextsService } from './working-texts.service.js';

@Module({
  imports: [AccountsModule, ArticlesModule, SourcesModule],
  providers: [SourceTiesService, TextsQueries, TranslationsService, WorkingTextsService],
  exports: [SourceTiesService, TextsQueries, TranslationsService, WorkingTextsService],
})
export class TextsModule {}
