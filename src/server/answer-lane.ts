import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { getVariableValues } from 'graphql';
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';
import { type AnsweredRequest, type CostOf, writtenAnswer } from '../answers/answer-plugin.js';
import type { Outcomes } from '../answers/compile-operation.js';
import type { CachedAnswer, CheckedRequest, PublicAnswers } from '../answers/public-answers.js';
import type { Asker } from '../common/asker.js';
import { Deadlines } from '../common/deadlines.js';
import { Shown } from '../common/shown.js';
import type { Config } from '../config.js';
import { answerKeyOf, hasCredentials, KEY_LENGTH_MAX } from './answer-key.js';
import { askerOf } from './asker-of-request.js';
import type { CostBuckets } from './cost-buckets.js';
import { deliverAnswer, isNotModified } from './deliver-answer.js';
import { registerDocument, takeDocument } from './document-of-request.js';
import type { GraphQLContext } from './graphql-context.js';
import { sendProblem } from './http-problem.js';
import { costAsked, type LimitSettings, longestList } from './operation-limits.js';
import type { PersistedDocuments } from './persisted-documents.js';
import { isPlain } from './plain-request.js';
import { chargeRequest } from './rate-limit.js';
import { findUnstorableText } from './unstorable-text.js';

declare module 'fastify' {
  interface FastifyRequest extends AnsweredRequest {
    /** Under which the request's answer is kept; null for a request whose answer is nobody else's. */
    answerKey: string | null;
    /** The answer that was kept, found before the body was taken apart. */
    cachedAnswer: CachedAnswer | null;
    /** What was sent, as one text; null where it may not be remembered. */
    sent: string | null;
    /** What the request asks for, where the very same was checked before. */
    checkedRequest: CheckedRequest | null;
    /** Whoever waits for the answer. */
    asker: Asker;
    /** What the fields of the first level came to, where something of it is an error. */
    outcomes: Outcomes | null;
  }
}

/** Counts costs under the settings. */
export function costOf(settings: LimitSettings): CostOf {
  return ({ schema, document, operation }, variables) => ({
    asked: costAsked(schema, document, operation, variables, settings),
    allowed: settings.costMax,
  });
}

/**
 * Answers what was asked before without going through Apollo again: from the cache, or by the operation's compiled form.
 * Everything new, doubtful or wrong takes the long way, where it is checked and refused in every detail.
 */
export function registerAnswerLane(
  fastify: FastifyInstance,
  { answers, documents, buckets }: LaneParts,
  config: Config,
): void {
  const cost = costOf(config);
  const deadlines = new Deadlines(config.requestTimeoutMs);
  fastify.decorateRequest('preparedAnswer', null);
  fastify.decorateRequest('answerKey', null);
  fastify.decorateRequest('cachedAnswer', null);
  fastify.decorateRequest('outcomes', null);
  fastify.decorateRequest('sent', null);
  fastify.decorateRequest('checkedRequest', null);
  fastify.decorateRequest('documentToRegister', null);
  fastify.addHook('preHandler', async (request, reply) => {
    if (request.routeOptions.url !== GRAPHQL_PATH) return;
    const isPlainRequest = isPlain(request, config.corsOrigins);
    if (request.method === 'GET' && isPlainRequest) isKnown(request, request.url, answers);
    if (request.cachedAnswer !== null) {
      await sendCached(request, reply, request.cachedAnswer);
      return;
    }
    const contentType = answerTypeFor(request.headers.accept);
    if (request.checkedRequest === null) {
      const problem = takeDocument(request, documents, config.onlyTrustedDocuments);
      if (problem !== null) {
        sendProblem(request, reply, problem);
        await reply;
        return;
      }
      if (contentType !== null && isPlainRequest) request.checkedRequest = checked(request);
    }
    request.asker = askerOf(reply, deadlines);
    if (request.checkedRequest === null) return;
    if (contentType !== null) {
      const json = await answerChecked(request, reply, request.checkedRequest);
      if (json !== null || reply.sent) {
        if (json !== null) await reply.header('content-type', contentType).send(json);
        return;
      }
    }
    // Apollo has to read it after all: something of its answer is an error.
    if (request.body === null && request.sent !== null && request.method === 'POST') {
      const [, sent = ''] = /^\w+\n(.*)$/s.exec(request.sent) ?? [];
      request.body = JSON.parse(Buffer.from(sent, 'latin1').toString('utf8'));
    }
  });
  fastify.addHook('onSend', (request, reply, payload) => deliverAnswer(request, reply, payload, answers, config));

  /** What a request asks for, if it is known and within every limit; null for what is to be told in detail. */
  function checked(request: FastifyRequest): CheckedRequest | null {
    const asked = askedOf(request);
    const known = asked && answers.findOperation(asked.query, asked.operationName);
    if (!known) return null;
    if (findUnstorableText(asked.variables) !== null || longestList(asked.variables) > config.listSizeMax) return null;
    const costs = cost(known, asked.variables);
    if (costs.asked > costs.allowed) return null;
    const definitions = known.operation.variableDefinitions ?? [];
    const { coerced } = getVariableValues(known.schema, definitions, asked.variables);
    if (coerced === undefined) return null;
    const found = { known, variables: coerced, cost: costs };
    if (request.sent !== null) answers.rememberRequest(request.sent, found);
    return found;
  }

  async function answerChecked(
    request: FastifyRequest,
    reply: FastifyReply,
    { known, variables, cost: costs }: CheckedRequest,
  ): Promise<string | null> {
    const problem = chargeRequest(request, costs.asked, buckets);
    if (problem !== null) {
      sendProblem(request, reply, problem);
      await reply;
      return null;
    }
    registerDocument(request, documents);
    const { changes } = answers.cache;
    const context: GraphQLContext = { req: request, requestId: request.id, shown: new Shown(), asker: request.asker };
    const answer = await known.compiled(variables, context);
    const operationName = known.operation.name?.value ?? null;
    if ('outcomes' in answer) {
      request.outcomes = answer.outcomes;
      return null;
    }
    request.operationName = operationName;
    request.preparedAnswer = { shown: context.shown, operationName, changes };
    return writtenAnswer(answer.json, costs);
  }
}

/** What a known operation is answered with. */
export interface LaneParts {
  readonly answers: PublicAnswers;
  readonly documents: PersistedDocuments;
  readonly buckets: CostBuckets;
}

/** Where GraphQL is asked. */
export const GRAPHQL_PATH = '/graphql';

/**
 * Whether a request need not be taken apart: its answer was kept, or the very same was checked before, as its body's bytes
 * or its address tell. What is asked with somebody's credentials is nobody else's.
 */
export function isKnown(request: FastifyRequest, sent: string, answers: PublicAnswers): boolean {
  if (sent.length > KEY_LENGTH_MAX || hasCredentials(request)) return false;
  request.sent = `${request.method}\n${sent}`;
  if (answers.cache.isOpen) {
    request.answerKey = answerKeyOf(request, sent);
    request.cachedAnswer = answers.cache.get(request.answerKey) ?? null;
    if (request.cachedAnswer !== null) return true;
  }
  request.checkedRequest = answers.findRequest(request.sent) ?? null;
  return request.checkedRequest !== null;
}

async function sendCached(request: FastifyRequest, reply: FastifyReply, answer: CachedAnswer): Promise<void> {
  request.operationName = answer.operationName;
  void reply.headers(answer.headers);
  if (isNotModified(request, answer.headers.etag)) await reply.code(304).send();
  else await reply.send(answer.body);
}

interface Asked {
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Record<string, unknown>;
}

/** What a request asks, where it is nothing but a query with its variables. */
function askedOf(request: FastifyRequest): Asked | null {
  const sent = (request.method === 'GET' ? request.query : request.body) as Record<string, unknown> | null;
  if (typeof sent !== 'object' || sent === null) return null;
  const { query, operationName = null, extensions } = sent;
  const variables = request.method === 'GET' ? parsedVariables(sent.variables) : (sent.variables ?? {});
  if (typeof query !== 'string' || extensions != null) return null;
  if (operationName !== null && typeof operationName !== 'string') return null;
  if (typeof variables !== 'object' || variables === null || Array.isArray(variables)) return null;
  return { query, operationName, variables: variables as Record<string, unknown> };
}

function parsedVariables(text: unknown): unknown {
  if (text === undefined) return {};
  try {
    return typeof text === 'string' ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

/** The types of an answer, the one first that is sent where any will do. */
const ANSWER_TYPES = ['application/json', 'application/graphql-response+json'];

const answerTypes = new LRUCache<string, { readonly type: string | null }>({ max: 200 });

/** The type that an `Accept` header has its answer in, with the charset; null where it wants neither. */
function answerTypeFor(accept: string | undefined): string | null {
  if (accept === undefined || accept.length > 500)
    return accept === undefined ? `${ANSWER_TYPES[0]}; charset=utf-8` : null;
  let found = answerTypes.get(accept);
  if (found === undefined) {
    const type = new Negotiator({ headers: { accept } }).mediaType(ANSWER_TYPES);
    found = { type: type === undefined ? null : `${type}; charset=utf-8` };
    answerTypes.set(accept, found);
  }
  return found.type;
}
