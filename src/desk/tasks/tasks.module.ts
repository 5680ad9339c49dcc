import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../../accounts/accounts.module.js';
import { DeskReadsModule } from '../desk-reads.module.js';
import { AssignmentsResolver } from './assignments.resolver.js';
import { AssignmentsService } from './assignments.service.js';
import { NotesResolver } from './notes.resolver.js';
import { NotesService } from './notes.service.js';
import {
  ColleaguesResolver,
  RevisionMakerResolver,
  SchedulerResolver,
  TranslationChangerResolver,
} from './colleagues.resolver.js';
import {
  ArticleTasksResolver,
  AssignmentResolver,
  NoteResolver,
  TextLockedResolver,
  TranslationReleasedResolver,
  TranslationTasksResolver,
} from './task-fields.resolver.js';
import { TasksDeskResolver } from './tasks-desk.resolver.js';
import { NoteEntity, TextLockEntity, TranslationAssignmentEntity } from './tasks.entity.js';
import { TasksQueries } from './tasks.queries.js';
import { TextLocksResolver } from './text-locks.resolver.js';
import { TextLocksService } from './text-locks.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([TranslationAssignmentEntity, TextLockEntity, NoteEntity]),
    AccountsModule,
    DeskReadsModule,
  ],
  providers: [
    ArticleTasksResolver,
    AssignmentResolver,
    AssignmentsResolver,
    AssignmentsService,
    ColleaguesResolver,
    NoteResolver,
    NotesResolver,
    NotesService,
    RevisionMakerResolver,
    SchedulerResolver,
    TasksDeskResolver,
    TasksQueries,
    TextLockedResolver,
    TextLocksResolver,
    TextLocksService,
    TranslationChangerResolver,
    TranslationReleasedResolver,
    TranslationTasksResolver,
  ],
  exports: [AssignmentsService],
})
export class TasksModule {}
