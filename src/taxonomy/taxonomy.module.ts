import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { TaxonomyService } from './taxonomy.service.js';
import { TermAliasEntity, TermEntity, TermLabelEntity } from './term.entity.js';
import { TermResolver } from './term.resolver.js';

@Module({
  imports: [TypeOrmModule.forFeature([TermEntity, TermLabelEntity, TermAliasEntity])],
  providers: [TaxonomyService, TermResolver],
  exports: [TaxonomyService],
})
export class TaxonomyModule {}
