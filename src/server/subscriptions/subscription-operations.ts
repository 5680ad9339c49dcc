import type { FastifyRequest } from 'fastify';
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  getOperationAST,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  OperationTypeNode,
  parse,
  specifiedRules,
  subscribe,
  validate,
} from 'graphql';
import { Asker } from '../../common/asker.js';
import type { RequestContext } from '../../common/language-preference.js';
import { Shown } from '../../common/shown.js';
import type { Config } from '../../config.js';
import { errorFormatter } from '../error-formatting.js';
import type { CostBuckets } from '../cost-buckets.js';
import { textOfDocument } from '../document-of-request.js';
import { codeOf, HttpProblem } from '../http-problem.js';
import { costAsked, operationLimitsRule, variablesRefusal } from '../operation-limits.js';
import type { PersistedDocuments } from '../persisted-documents.js';
import { chargeRequest } from '../rate-limit.js';
import { findUnstorableText, UNSTORABLE_TEXT } from '../unstorable-text.js';
import { ResultStream } from './result-stream.js';

/** A subscription as a client sends it, by whatever protocol. */
export interface AskedSubscription {
  /** Empty where an id stands in its place, in `extensions` or beside it. */
  readonly query: string;
  readonly extensions?: Record<string, unknown> | null | undefined;
  readonly operationName?: string | null | undefined;
  readonly variables?: Record<string, unknown> | null | undefined;
}

/** Where the results of a subscription come from, or why there are none. */
export type Subscribed = ResultStream | ExecutionResult;

/** What limits subscriptions as it limits every operation. */
export interface OperationParts {
  readonly documents: PersistedDocuments;
  readonly buckets: CostBuckets;
}

/** What a subscription costs beside what each of its results does. */
const SUBSCRIPTION_POINTS = 100;

/** Checks and runs subscriptions, whatever the protocol, under the limits that hold for every operation. */
export class SubscriptionOperations {
  readonly #formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  readonly #streams = new Set<ResultStream>();
  /** Those that are about to begin are counted, too. */
  #count = 0;

  constructor(
    private readonly schema: () => GraphQLSchema,
    private readonly config: Config,
    private readonly parts: OperationParts,
  ) {
    this.#formatError = errorFormatter({ hideSchemaDetails: !config.introspection || config.onlyTrustedDocuments });
  }

  /** What is to be run, or what is wrong with it. */
  check(asked: AskedSubscription, request: FastifyRequest): ExecutionArgs | readonly GraphQLError[] {
    const { config } = this;
    const { documents, buckets } = this.parts;
    const schema = this.schema();
    const text = textOfDocument({ ...asked }, documents, config.onlyTrustedDocuments);
    if (text instanceof HttpProblem) return [mistake(text.message, text.code ?? codeOf(text.statusCode))];
    const document = parsed(text, config.tokensMax);
    if (document instanceof GraphQLError) return [document];
    const errors = validate(schema, document, [...specifiedRules, operationLimitsRule(config)]);
    if (errors.length > 0) return errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
    const operation = getOperationAST(document, asked.operationName);
    if (!operation) return [mistake('Name one operation of the document.', 'OPERATION_RESOLUTION_FAILURE')];
    if (operation.operation !== OperationTypeNode.SUBSCRIPTION) {
      return [mistake('Only subscriptions are asked here; queries are asked at /graphql by HTTP.', 'BAD_REQUEST')];
    }
    const variables = asked.variables ?? {};
    const path = findUnstorableText(variables);
    if (path !== null) return [mistake(`Variable "$${path}": ${UNSTORABLE_TEXT}`, 'BAD_USER_INPUT')];
    const refusal = variablesRefusal(document, operation, variables, schema, config);
    if (refusal !== null) return [refusal];
    const cost = costAsked(schema, document, operation, variables, config);
    const problem = chargeRequest(request, SUBSCRIPTION_POINTS + cost, buckets);
    if (problem !== null) return [mistake(problem.message, codeOf(problem.statusCode))];
    const contextValue: RequestContext = { req: request, shown: new Shown(), asker: new Asker() };
    return { schema, document, operationName: operation.name?.value, variableValues: variables, contextValue };
  }

  /** Begins what was checked. */
  async run(args: ExecutionArgs): Promise<Subscribed> {
    if (this.#count >= this.config.subscriptionsMax) {
      const full = 'This server has no room for another subscription right now. Try again later.';
      return { errors: [mistake(full, 'TOO_MANY_SUBSCRIPTIONS')] };
    }
    this.#count += 1;
    try {
      const results = await subscribe(args);
      if (!(Symbol.asyncIterator in results)) {
        this.#count -= 1;
        return results;
      }
      const stream = new ResultStream(results, () => {
        this.#count -= 1;
        this.#streams.delete(stream);
      });
      this.#streams.add(stream);
      return stream;
    } catch (error) {
      this.#count -= 1;
      throw error;
    }
  }

  /** A result as clients read it: nothing of ours is in its errors. */
  format({ data, errors }: ExecutionResult): FormattedExecutionResult {
    return {
      ...(data === undefined ? {} : { data }),
      ...(errors === undefined ? {} : { errors: this.formatErrors(errors) }),
    };
  }

  formatErrors(errors: readonly GraphQLError[]): readonly GraphQLFormattedError[] {
    return errors.map((error) => this.#formatError(error.toJSON(), error));
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    await Promise.all([...this.#streams].map((stream) => stream.return()));
  }
}

/** An error of the caller's with a code. */
export function mistake(message: string, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

function withCode(error: GraphQLError, code: string): GraphQLError {
  const { message, nodes, positions, source, extensions } = error;
  return new GraphQLError(message, { nodes, positions, source, extensions: { code, ...extensions } });
}

function parsed(query: string, maxTokens: number): DocumentNode | GraphQLError {
  try {
    return parse(query, { maxTokens });
  } catch (error) {
    if (error instanceof GraphQLError) return withCode(error, 'GRAPHQL_PARSE_FAILED');
    throw error;
  }
}
