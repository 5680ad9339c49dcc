import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ContactsModule } from '../contacts/contacts.module.js';
import { PublishersModule } from '../publishers/publishers.module.js';
import { RightsModule } from '../rights/rights.module.js';
import { SourcesModule } from '../sources/sources.module.js';
import { TaxonomyModule } from '../taxonomy/taxonomy.module.js';
import { DocumentEntity, DocumentPartEntity, DocumentReadingEntity } from './document.entity.js';
import { DocumentVerifier } from './document-verifier.js';
import { DocumentImporter } from './import-document.js';
import { ArticleDocumentEntity, EvidenceEntity } from './provenance.entity.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      DocumentEntity,
      DocumentPartEntity,
      DocumentReadingEntity,
      ArticleDocumentEntity,
      EvidenceEntity,
    ]),
    ContactsModule,
    PublishersModule,
    RightsModule,
    SourcesModule,
    TaxonomyModule,
  ],
  providers: [DocumentImporter, DocumentVerifier],
  exports: [DocumentImporter, DocumentVerifier],
})
export class DocumentsModule {}
