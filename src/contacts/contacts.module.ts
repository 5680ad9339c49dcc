import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ContactPointEntity } from './contact-point.entity.js';
import { ContactsService } from './contacts.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([ContactPointEntity])],
  providers: [ContactsService],
  exports: [ContactsService],
})
export class ContactsModule {}
