import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { NoticeEntity } from './notice.entity.js';
import { ReuseTermEntity } from './reuse-term.entity.js';
import { RightsService } from './rights.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([NoticeEntity, ReuseTermEntity])],
  providers: [RightsService],
  exports: [RightsService],
})
export class RightsModule {}
