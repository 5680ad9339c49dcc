import { Module } from '@nestjs/common';
import { ArticlesModule } from '../articles/articles.module.js';
import { DocumentsModule } from '../documents/documents.module.js';
import { TextsModule } from '../texts/texts.module.js';
import { DeskArticleResolver } from './desk-article.resolver.js';
import { DeskArticlesService } from './desk-articles.service.js';
import { DeskReadsModule } from './desk-reads.module.js';
import { DeskTextsResolver } from './desk-texts.resolver.js';
import { RevisionResolver } from './revision.resolver.js';
import { TranslationResolver } from './translation.resolver.js';
import { DeskListsResolver } from './lists/desk-lists.resolver.js';
import { TranslationSheetResolver } from './lists/translation-sheet.resolver.js';
import { TasksModule } from './tasks/tasks.module.js';

@Module({
  imports: [ArticlesModule, DeskReadsModule, DocumentsModule, TasksModule, TextsModule],
  providers: [
    DeskArticleResolver,
    DeskArticlesService,
    DeskListsResolver,
    DeskTextsResolver,
    RevisionResolver,
    TranslationResolver,
    TranslationSheetResolver,
  ],
  exports: [DeskArticlesService, DeskReadsModule, TextsModule],
})
export class DeskModule {}
