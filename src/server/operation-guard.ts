import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { GraphQLError, OperationTypeNode } from 'graphql';
import type { Cost } from '../answers/answer-plugin.js';
import { isUnavailable, rememberRequest } from './error-formatting.js';
import type { GraphQLContext } from './graphql-context.js';
import { codeOf, type HttpProblem } from './http-problem.js';
import type { CostBuckets } from './cost-buckets.js';
import { registerDocument } from './document-of-request.js';
import { costAsked, type LimitSettings, variablesRefusal } from './operation-limits.js';
import type { PersistedDocuments } from './persisted-documents.js';
import { chargeRequest } from './rate-limit.js';
import { findUnstorableText, UNSTORABLE_TEXT } from './unstorable-text.js';

/** Seconds after which a caller may try again when the database was away. */
const RETRY_AFTER_SECONDS = '1';

/**
 * Watches each operation on its way: refuses variables that make it too dear or that no database can store,
 * tells the request log its name and the caller its cost, ties errors to the request id, and answers 503 while the database is away.
 */
export function operationGuard(
  settings: LimitSettings,
  documents: PersistedDocuments,
  buckets: CostBuckets,
): ApolloServerPlugin<GraphQLContext> {
  return {
    requestDidStart: ({ contextValue: { req } }) => {
      let cost: Cost | null = null;
      return Promise.resolve({
        didResolveOperation: ({ document, operation, operationName, request, schema }) => {
          req.operationName = operationName;
          const variables = request.variables ?? {};
          const path = findUnstorableText(variables);
          if (path !== null) throw unstorableVariable(path);
          if (operation?.operation === OperationTypeNode.SUBSCRIPTION) throw notHere();
          if (operation) {
            const refusal = variablesRefusal(document, operation, variables, schema, settings);
            if (refusal) throw asBadRequest(refusal);
            // What was executed in part by its compiled form is paid for.
            const asked = costAsked(schema, document, operation, variables, settings);
            const problem = chargeRequest(req, req.outcomes === null ? asked : 0, buckets);
            if (problem) throw asGraphqlError(problem);
            cost = { asked, allowed: settings.costMax };
          }
          registerDocument(req, documents);
          return Promise.resolve();
        },
        didEncounterErrors: ({ errors }) => {
          for (const error of errors) rememberRequest(error, req);
          return Promise.resolve();
        },
        willSendResponse: ({ errors, response }) => {
          if (errors?.some(isUnavailable)) {
            response.http.status = 503;
            response.http.headers.set('retry-after', RETRY_AFTER_SECONDS);
          } else if (req.retryAfterSeconds !== null) {
            // The newer media type has 2xx wherever there are data, and this is data.
            if (!req.headers.accept?.includes('application/graphql-response+json')) response.http.status = 429;
            response.http.headers.set('retry-after', String(req.retryAfterSeconds));
          }
          if (cost !== null && response.body.kind === 'single') {
            const { singleResult } = response.body;
            singleResult.extensions = { ...singleResult.extensions, cost };
          }
          // An answer that may be kept is told so when it is sent.
          if (req.preparedAnswer === null) response.http.headers.set('cache-control', 'no-store');
          return Promise.resolve();
        },
      });
    },
    unexpectedErrorProcessingRequest: ({ requestContext, error }) => {
      const { req } = requestContext.contextValue;
      req.log.error({ err: error, msg: 'an operation failed' });
      return Promise.resolve();
    },
  };
}

const HTTP_BAD_REQUEST = { http: { status: 400 } };

function asBadRequest(error: GraphQLError): GraphQLError {
  return new GraphQLError(error.message, {
    nodes: error.nodes,
    extensions: { ...error.extensions, ...HTTP_BAD_REQUEST },
  });
}

/** A problem of HTTP, told by GraphQL. */
function asGraphqlError({ statusCode, message, headers }: HttpProblem): GraphQLError {
  const http = { status: statusCode, headers: new HeaderMap(Object.entries(headers)) };
  return new GraphQLError(message, { extensions: { code: codeOf(statusCode), http } });
}

function notHere(): GraphQLError {
  return new GraphQLError('Subscriptions are asked at /graphql/stream, or at /graphql over a web socket.', {
    extensions: { code: 'BAD_REQUEST', ...HTTP_BAD_REQUEST },
  });
}

function unstorableVariable(path: string): GraphQLError {
  return new GraphQLError(`Variable "$${path}": ${UNSTORABLE_TEXT}`, {
    extensions: { code: 'BAD_USER_INPUT', argument: path, ...HTTP_BAD_REQUEST },
  });
}
