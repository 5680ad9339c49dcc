import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../../accounts/accounts.module.js';
import { aboutText } from '../about.resolver.js';
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
  TextLockedResolver,
  TextUnlockedResolver,
  TranslationTasksResolver,
} from './task-fields.resolver.js';
import { TasksDeskResolver } from './tasks-desk.resolver.js';
import { NoteEntity, TextLockEntity, TranslationAssignmentEntity } from './tasks.entity.js';
import { TranslationReleased } from './tasks-results.type.js';
import { Assignment, Note } from './tasks.type.js';
import { TasksQueries } from './tasks.queries.js';
import { TextLocksResolver } from './text-locks.resolver.js';
import { TextLocksService } from './text-locks.service.js';

/** A task, a note: what each is about. */
const ABOUT_TEXTS = [Assignment, Note, TranslationReleased].map(aboutText);

@Module({
  imports: [
    TypeOrmModule.forFeature([TranslationAssignmentEntity, TextLockEntity, NoteEntity]),
    AccountsModule,
    DeskReadsModule,
  ],
  providers: [
    ArticleTasksResolver,
    AssignmentsResolver,
    AssignmentsService,
    ColleaguesResolver,
    NotesResolver,
    NotesService,
    RevisionMakerResolver,
    SchedulerResolver,
    TasksDeskResolver,
    TasksQueries,
    TextLockedResolver,
    TextLocksResolver,
    TextLocksService,
    TextUnlockedResolver,
    TranslationChangerResolver,
    TranslationTasksResolver,
    ...ABOUT_TEXTS,
  ],
  exports: [AssignmentsService],
})
export class TasksModule {}
