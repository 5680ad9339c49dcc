import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ArticlesModule } from '../articles/articles.module.js';
import { PublishersModule } from '../publishers/publishers.module.js';
import { SourcesModule } from '../sources/sources.module.js';
import { ArticleWriterModule } from './article-writer.module.js';
import { DOCUMENT_ENTITIES } from './document.entities.js';
import { DocumentVerifier } from './document-verifier.js';
import { DocumentImporter } from './import-documents.js';
import { ArticleRestorer } from './restore-article.js';
import { DocumentWriter } from './write-documents.js';

@Module({
  imports: [
    TypeOrmModule.forFeature(DOCUMENT_ENTITIES),
    ArticlesModule,
    ArticleWriterModule,
    PublishersModule,
    SourcesModule,
  ],
  providers: [ArticleRestorer, DocumentImporter, DocumentVerifier, DocumentWriter],
  exports: [ArticleRestorer, DocumentImporter, DocumentVerifier],
})
export class DocumentsModule {}
