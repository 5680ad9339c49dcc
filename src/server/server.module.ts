import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { PublicAnswers } from '../answers/public-answers.js';
import type { Config } from '../config.js';
import { CostBuckets } from './cost-buckets.js';
import { graphqlModule } from './graphql.module.js';
import { HealthController } from './health.controller.js';
import { PersistedDocuments } from './persisted-documents.js';
import { DATABASE_PROBE, type DatabaseProbe, Readiness } from './readiness.js';
import { SharedBuckets } from './shared-buckets.js';
import { SubscriptionTimes } from './subscriptions/subscription-times.js';
import { readTrustedDocuments } from './trusted-documents.js';

/** What the server offers besides the features' own resolvers: the GraphQL address and the health checks. */
@Module({})
export class ServerModule {
  /** `probe` is the provider that can check the database; a global module must export it. */
  static forRoot(config: Config, probe: Type<DatabaseProbe>): DynamicModule {
    const answers = new PublicAnswers(config.answerCacheMb * 1_000_000);
    const trusted = readTrustedDocuments(config);
    const documents = new PersistedDocuments(trusted, config.persistedQueriesMb * 1_000_000);
    const buckets = new CostBuckets(config.rateLimit);
    return {
      module: ServerModule,
      imports: [graphqlModule(config, { answers, trusted, documents, buckets })],
      controllers: [HealthController],
      providers: [
        Readiness,
        SubscriptionTimes,
        { provide: PublicAnswers, useValue: answers },
        { provide: PersistedDocuments, useValue: documents },
        { provide: CostBuckets, useValue: buckets },
        ...(config.rateLimitStore === 'postgres' ? [SharedBuckets] : []),
        { provide: DATABASE_PROBE, useExisting: probe },
      ],
      exports: [Readiness],
    };
  }
}
