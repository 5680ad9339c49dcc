import { Module } from '@nestjs/common';
import { DocumentsModule } from '../documents/documents.module.js';
import { EditionsModule } from '../editions/editions.module.js';
import { PublishersModule } from '../publishers/publishers.module.js';
import { SourcesModule } from '../sources/sources.module.js';
import { TaxonomyModule } from '../taxonomy/taxonomy.module.js';
import { SeedingService } from './seeding.service.js';

@Module({
  imports: [DocumentsModule, EditionsModule, PublishersModule, SourcesModule, TaxonomyModule],
  providers: [SeedingService],
  exports: [SeedingService],
})
export class CommandsModule {}
