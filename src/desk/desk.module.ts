import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ArticlesModule } from '../articles/articles.module.js';
import { DocumentsModule } from '../documents/documents.module.js';
import { PublishersModule } from '../publishers/publishers.module.js';
import { TextsModule } from '../texts/texts.module.js';
import { DeskArticlesQueries } from './desk-articles.queries.js';
import { DeskArticlesService } from './desk-articles.service.js';
import { NewArticlesService } from './new-articles.service.js';

@Module({
  imports: [AccountsModule, ArticlesModule, DocumentsModule, PublishersModule, TextsModule],
  providers: [DeskArticlesQueries, DeskArticlesService, NewArticlesService],
  exports: [DeskArticlesQueries, DeskArticlesService, NewArticlesService, TextsModule],
})
export class DeskModule {}
