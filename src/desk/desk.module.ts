import { Module } from '@nestjs/common';
import { ArticlesModule } from '../articles/articles.module.js';
import { DocumentsModule } from '../documents/documents.module.js';
import { TextsModule } from '../texts/texts.module.js';
import { DeskArticlesQueries } from './desk-articles.queries.js';
import { DeskArticlesService } from './desk-articles.service.js';
import { TasksModule } from './tasks/tasks.module.js';

@Module({
  imports: [ArticlesModule, DocumentsModule, TasksModule, TextsModule],
  providers: [DeskArticlesQueries, DeskArticlesService],
  exports: [DeskArticlesQueries, DeskArticlesService, TextsModule],
})
export class DeskModule {}
