import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AgentEntity } from './agent.entity.js';
import { SourceEntity } from './source.entity.js';
import { SourcesService } from './sources.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([AgentEntity, SourceEntity])],
  providers: [SourcesService],
  exports: [SourcesService],
})
export class SourcesModule {}
