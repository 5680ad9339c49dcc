import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DocumentsModule } from '../documents/documents.module.js';
import { EditionsModule } from '../editions/editions.module.js';
import { ImportItemEntity, ImportRunEntity } from './import-run.entity.js';
import { ImportsService } from './imports.service.js';
import { PendingReissueEntity } from './pending-reissue.entity.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([ImportRunEntity, ImportItemEntity, PendingReissueEntity]),
    DocumentsModule,
    EditionsModule,
  ],
  providers: [ImportsService],
  exports: [ImportsService],
})
export class ImportsModule {}
