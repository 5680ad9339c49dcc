import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { type DynamicModule, Logger } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import { type GraphQLSchema, isObjectType } from 'graphql';
import { guardFields } from '../accounts/permits.js';
import { answerCompiled, answerJson, watchRootFields } from '../answers/answer-plugin.js';
import type { PublicAnswers } from '../answers/public-answers.js';
import { Shown } from '../common/shown.js';
import type { Config } from '../config.js';
import { costOf } from './answer-lane.js';
import type { CostBuckets } from './cost-buckets.js';
import { DocumentStore } from './document-store.js';
import { errorFormatter } from './error-formatting.js';
import type { GraphQLContext } from './graphql-context.js';
import { operationGuard } from './operation-guard.js';
import { operationLimitsRule } from './operation-limits.js';
import type { PersistedDocuments } from './persisted-documents.js';
import { checkTrustedDocuments, type TrustedDocument } from './trusted-documents.js';

/** What the documentation in the playground opens with. */
const API_DESCRIPTION =
  'Articles as publishers carry them: who wrote each, where it stood first, in which language every part is, ' +
  'who allows what, and whom to ask. Everything here has been published; drafts are at the `desk` alone, for who is signed in.';

const QUERY_DESCRIPTION =
  'What can be asked. One thing by its name answers null when it is unknown or not published; lists come in pages.';

const MUTATION_DESCRIPTION =
  'What can be done, one thing to a request. Each answers with what came of it, or with a `Problem`, which has changed nothing.';

const SUBSCRIPTION_DESCRIPTION =
  'What can be followed as it happens, over a web socket at /graphql or as server-sent events at /graphql/stream.';

/** What GraphQL and the rest of the server have in common. */
export interface GraphqlParts {
  readonly answers: PublicAnswers;
  readonly trusted: readonly TrustedDocument[];
  readonly documents: PersistedDocuments;
  readonly buckets: CostBuckets;
}

/**
 * GraphQL at /graphql, over whatever resolvers the application's modules provide.
 * Every option that guards something is set here and nowhere else, none by NODE_ENV.
 */
export function graphqlModule(config: Config, { answers, trusted, documents, buckets }: GraphqlParts): DynamicModule {
  // Fields that have a resolver of their own, by their type: what Nest calls with its parameters put together.
  let resolvers: readonly Resolvers[] = [];
  const hidesSchema = !config.introspection || config.onlyTrustedDocuments;
  return GraphQLModule.forRoot<ApolloDriverConfig>({
    driver: ApolloDriver,
    path: '/graphql',
    autoSchemaFile: true,
    // Apollo proves the schema valid; what Nest would do for that is to answer a question about all of it at every start.
    buildSchemaOptions: { noDuplicatedFields: true, skipCheck: true },
    transformResolvers: (all) => {
      resolvers = [all].flat() as Resolvers[];
      return all;
    },
    transformSchema: (schema) => {
      readFieldsFromViews(schema, resolvers);
      guardFields(schema);
      watchRootFields(schema);
      checkTrustedDocuments(trusted, schema, config);
      schema.description = API_DESCRIPTION;
      // Nest makes the root types itself, without a word about them.
      const query = schema.getQueryType();
      if (query) query.description = QUERY_DESCRIPTION;
      const mutation = schema.getMutationType();
      if (mutation) mutation.description = MUTATION_DESCRIPTION;
      const subscription = schema.getSubscriptionType();
      if (subscription) subscription.description = SUBSCRIPTION_DESCRIPTION;
      return schema;
    },
    context: (req: FastifyRequest): GraphQLContext => ({
      req,
      requestId: req.id,
      shown: new Shown(),
      asker: req.asker,
      ...(req.outcomes === null ? {} : { outcomes: req.outcomes }),
    }),

    introspection: config.introspection,
    hideSchemaDetailsFromClientErrors: hidesSchema,
    includeStacktraceInErrorResponses: false,
    // The playground is served by a room of its own.
    graphiql: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    // Ids are texts again before Apollo sees a request, so that its answers are kept like any other.
    persistedQueries: false,
    documentStore: new DocumentStore(),
    parseOptions: { maxTokens: config.tokensMax },
    validationRules: [operationLimitsRule(config)],
    formatError: errorFormatter({ hideSchemaDetails: hidesSchema }),
    // Nest would put its own exceptions' bodies into answers, and reset a 503 to 200.
    autoTransformHttpErrors: false,
    preserveHttpStatusForExecutionErrors: false,
    logger: apolloLogger(),
    stringifyResult: answerJson,
    plugins: [
      operationGuard(config, documents, buckets),
      answerCompiled(answers, costOf(config)),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}

type Resolvers = Record<string, Record<string, unknown>>;

/**
 * Lets a field without a resolver of its own be what it is on the object: a property, or a method of its name that takes
 * its arguments. It is GraphQL's own rule, in the place of Nest's, which knows properties only.
 */
function readFieldsFromViews(schema: GraphQLSchema, resolvers: readonly Resolvers[]): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (!resolvers.some((some) => some[type.name]?.[field.name] !== undefined)) delete field.resolve;
    }
  }
}

/** Lets Apollo write through the process's own logger. */
function apolloLogger(): NonNullable<ApolloDriverConfig['logger']> {
  const logger = new Logger('apollo');
  return {
    debug: (message?: unknown) => {
      logger.debug(message);
    },
    info: (message?: unknown) => {
      logger.log(message);
    },
    warn: (message?: unknown) => {
      logger.warn(message);
    },
    error: (message?: unknown) => {
      logger.error(message);
    },
  };
}
