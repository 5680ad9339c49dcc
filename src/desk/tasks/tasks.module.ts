import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { NoteEntity, TextLockEntity, TranslationAssignmentEntity } from './tasks.entity.js';

@Module({ imports: [TypeOrmModule.forFeature([TranslationAssignmentEntity, TextLockEntity, NoteEntity])] })
export class TasksModule {}
