import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts/accounts.module.js';
import { ArticlesModule } from '../../articles/articles.module.js';
import { ArticleWriterModule } from '../../documents/article-writer.module.js';
import { PublishersModule } from '../../publishers/publishers.module.js';
import { TextsModule } from '../../texts/texts.module.js';
import { DeskReadsModule } from '../desk-reads.module.js';
import { ArticleWritingResolver } from './article-writing.resolver.js';
import { ArticleConflictResolver, EditConflictResolver } from './conflicts.resolver.js';
import { DeskArticlesService } from './desk-articles.service.js';
import { NewArticlesService } from './new-articles.service.js';
import { TextWritingResolver } from './text-writing.resolver.js';
import { TranslationWritingResolver } from './translation-writing.resolver.js';

@Module({
  imports: [AccountsModule, ArticlesModule, ArticleWriterModule, DeskReadsModule, PublishersModule, TextsModule],
  providers: [
    ArticleConflictResolver,
    ArticleWritingResolver,
    DeskArticlesService,
    EditConflictResolver,
    NewArticlesService,
    TextWritingResolver,
    TranslationWritingResolver,
  ],
  exports: [DeskArticlesService, NewArticlesService],
})
export class WritingModule {}
