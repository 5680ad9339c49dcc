import { Module } from '@nestjs/common';
import { ArticlesModule } from '../articles/articles.module.js';
import { EditionsModule } from '../editions/editions.module.js';
import { DeskFinding } from '../publishing/desk-finding.type.js';
import {
  ArticleCorrected,
  ArticleReinstated,
  ArticleTakenBack,
  PublicationCancelled,
  Schedule,
  TranslationPublished,
  TranslationUnpublished,
} from '../publishing/publishing.type.js';
import { TextsModule } from '../texts/texts.module.js';
import { aboutArticle, aboutText } from './about.resolver.js';
import { DeskArticleResolver } from './desk-article.resolver.js';
import { DeskReadsModule } from './desk-reads.module.js';
import { DeskTextsResolver } from './desk-texts.resolver.js';
import { RevisionResolver } from './revision.resolver.js';
import { TranslationResolver } from './translation.resolver.js';
import { DeskChoicesResolver } from './lists/desk-choices.resolver.js';
import { DeskListsResolver } from './lists/desk-lists.resolver.js';
import { TranslationSheetResolver } from './lists/translation-sheet.resolver.js';
import { PreviewResolver } from './preview/preview.resolver.js';
import { TasksModule } from './tasks/tasks.module.js';
import { WritingModule } from './writing/writing.module.js';

/** What publishing tells leads to the desk, which it stands below. */
const ABOUT_TEXTS = [
  ...[Schedule, DeskFinding, TranslationPublished, TranslationUnpublished, PublicationCancelled, ArticleCorrected],
].map(aboutText);
const ABOUT_ARTICLES = [ArticleTakenBack, ArticleReinstated].map(aboutArticle);

@Module({
  imports: [ArticlesModule, DeskReadsModule, EditionsModule, TasksModule, TextsModule, WritingModule],
  providers: [
    DeskArticleResolver,
    DeskChoicesResolver,
    DeskListsResolver,
    DeskTextsResolver,
    PreviewResolver,
    RevisionResolver,
    TranslationResolver,
    TranslationSheetResolver,
    ...ABOUT_ARTICLES,
    ...ABOUT_TEXTS,
  ],
  exports: [DeskReadsModule, TextsModule, WritingModule],
})
export class DeskModule {}
