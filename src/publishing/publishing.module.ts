import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { EditionsModule } from '../editions/editions.module.js';
import { ArticleDecisionsService } from './article-decisions.service.js';
import { FindingsQueries } from './findings.queries.js';
import { FindingsResolver } from './findings.resolver.js';
import { FindingsService } from './findings.service.js';
import { JobQueue } from './job-queue.js';
import { JobsQueries } from './jobs.queries.js';
import { LinkChecksService } from './links/link-checks.service.js';
import { PublicationsService } from './publications.service.js';
import {
  CorrectionEntity,
  FindingWaiverEntity,
  PublicationScheduleEntity,
  UnpublishedTextEntity,
} from './publishing.entity.js';
import { PublishingDeskResolver } from './publishing-desk.resolver.js';
import { PublishingResolver } from './publishing.resolver.js';
import { SchedulesQueries } from './schedules.queries.js';
import { SchedulesService } from './schedules.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([CorrectionEntity, UnpublishedTextEntity, PublicationScheduleEntity, FindingWaiverEntity]),
    AccountsModule,
    EditionsModule,
  ],
  providers: [
    ArticleDecisionsService,
    FindingsQueries,
    FindingsResolver,
    FindingsService,
    JobQueue,
    JobsQueries,
    LinkChecksService,
    PublicationsService,
    PublishingDeskResolver,
    PublishingResolver,
    SchedulesQueries,
    SchedulesService,
  ],
  exports: [JobQueue, JobsQueries, LinkChecksService, SchedulesService],
})
export class PublishingModule {}
