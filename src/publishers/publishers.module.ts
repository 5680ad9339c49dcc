import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PublisherEntity } from './publisher.entity.js';
import { PublishersService } from './publishers.service.js';
import { WrapperEntity } from './wrapper.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([PublisherEntity, WrapperEntity])],
  providers: [PublishersService],
  exports: [PublishersService],
})
export class PublishersModule {}
