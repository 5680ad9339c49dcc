import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { TaxonomyService } from './taxonomy.service.js';
import { TermAliasEntity, TermEntity, TermLabelEntity } from './term.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([TermEntity, TermLabelEntity, TermAliasEntity])],
  providers: [TaxonomyService],
  exports: [TaxonomyService],
})
export class TaxonomyModule {}
