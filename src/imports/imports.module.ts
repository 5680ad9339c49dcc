import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ArticlesModule } from '../articles/articles.module.js';
import { DocumentsModule } from '../documents/documents.module.js';
import { EditionsModule } from '../editions/editions.module.js';
import { ImportItemEntity, ImportRunEntity } from './import-run.entity.js';
import { ImportsService } from './imports.service.js';
import { ExportWriter } from './exports/export-writer.js';
import { RecordsImporter } from './exports/records-importer.js';
import { ImportUndoer } from './undo-import.js';
import { PendingReissueEntity } from './pending-reissue.entity.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([ImportRunEntity, ImportItemEntity, PendingReissueEntity]),
    ArticlesModule,
    DocumentsModule,
    EditionsModule,
  ],
  providers: [ExportWriter, ImportsService, ImportUndoer, RecordsImporter],
  exports: [ExportWriter, ImportsService],
})
export class ImportsModule {}
