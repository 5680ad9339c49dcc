import { Module } from '@nestjs/common';
import { ArticlesModule } from '../articles/articles.module.js';
import { EditionsModule } from '../editions/editions.module.js';
import { TextsModule } from '../texts/texts.module.js';
import { DeskArticleResolver } from './desk-article.resolver.js';
import { DeskReadsModule } from './desk-reads.module.js';
import { DeskTextsResolver } from './desk-texts.resolver.js';
import { FindingResolver, ScheduleResolver, TranslationPublishedResolver } from './publishing-fields.resolver.js';
import { RevisionResolver } from './revision.resolver.js';
import { TranslationResolver } from './translation.resolver.js';
import { DeskChoicesResolver } from './lists/desk-choices.resolver.js';
import { DeskListsResolver } from './lists/desk-lists.resolver.js';
import { TranslationSheetResolver } from './lists/translation-sheet.resolver.js';
import { PreviewResolver } from './preview/preview.resolver.js';
import { TasksModule } from './tasks/tasks.module.js';
import { WritingModule } from './writing/writing.module.js';

@Module({
  imports: [ArticlesModule, DeskReadsModule, EditionsModule, TasksModule, TextsModule, WritingModule],
  providers: [
    DeskArticleResolver,
    DeskChoicesResolver,
    DeskListsResolver,
    DeskTextsResolver,
    FindingResolver,
    PreviewResolver,
    RevisionResolver,
    ScheduleResolver,
    TranslationPublishedResolver,
    TranslationResolver,
    TranslationSheetResolver,
  ],
  exports: [DeskReadsModule, TextsModule, WritingModule],
})
export class DeskModule {}
