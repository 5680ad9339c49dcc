import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ArticlesModule } from '../articles/articles.module.js';
import { DocumentsModule } from '../documents/documents.module.js';
import { EditionsModule } from '../editions/editions.module.js';
import { IMPORT_ENTITIES } from './import.entities.js';
import { ImportsService } from './imports.service.js';
import { ExportWriter } from './exports/export-writer.js';
import { RecordsImporter } from './exports/records-importer.js';
import { ImportUndoer } from './undo-import.js';

@Module({
  imports: [TypeOrmModule.forFeature(IMPORT_ENTITIES), AccountsModule, ArticlesModule, DocumentsModule, EditionsModule],
  providers: [ExportWriter, ImportsService, ImportUndoer, RecordsImporter],
  exports: [ExportWriter, ImportsService],
})
export class ImportsModule {}
