import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ArticlesModule } from '../articles/articles.module.js';
import { ContactsModule } from '../contacts/contacts.module.js';
import { PublishersModule } from '../publishers/publishers.module.js';
import { RightsModule } from '../rights/rights.module.js';
import { SourcesModule } from '../sources/sources.module.js';
import { TaxonomyModule } from '../taxonomy/taxonomy.module.js';
import { DOCUMENT_ENTITIES } from './document.entities.js';
import { DocumentVerifier } from './document-verifier.js';
import { DocumentImporter } from './import-documents.js';
import { ArticleRestorer } from './restore-article.js';
import { ArticleWriter } from './write-articles.js';
import { DocumentWriter } from './write-documents.js';

@Module({
  imports: [
    TypeOrmModule.forFeature(DOCUMENT_ENTITIES),
    ArticlesModule,
    ContactsModule,
    PublishersModule,
    RightsModule,
    SourcesModule,
    TaxonomyModule,
  ],
  providers: [ArticleRestorer, ArticleWriter, DocumentImporter, DocumentVerifier, DocumentWriter],
  exports: [ArticleRestorer, ArticleWriter, DocumentImporter, DocumentVerifier],
})
export class DocumentsModule {}
