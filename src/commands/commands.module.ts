import { Module } from '@nestjs/common';

import { ArticlesModule } from '../articles/articles.module.js';
import { ImportsModule } from '../imports/imports.module.js';
import { PublishersModule } from '../publishers/publishers.module.js';
import { SourcesModule } from '../sources/sources.module.js';
import { TaxonomyModule } from '../taxonomy/taxonomy.module.js';
import { SeedingService } from './seeding.service.js';

@Module({
  imports: [ArticlesModule, ImportsModule, PublishersModule, SourcesModule, TaxonomyModule],
  providers: [SeedingService],
  exports: [SeedingService],
})
export class CommandsModule {}
