import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { getVariableValues } from 'graphql';
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';
import { type AnsweredRequest, type CostOf, writtenAnswer } from '../answers/answer-plugin.js';
import type { Outcomes } from '../answers/compile-operation.js';
import type { CachedAnswer, KnownOperation, PublicAnswers } from '../answers/public-answers.js';
import type { Asker } from '../common/asker.js';
import { Shown } from '../common/shown.js';
import type { Config } from '../config.js';
import { askerOf } from './asker-of-request.js';
import type { CostBuckets } from './cost-buckets.js';
import { deliverAnswer, encodingFor, isNotModified } from './deliver-answer.js';
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
  fastify.decorateRequest('preparedAnswer', null);
  fastify.decorateRequest('answerKey', null);
  fastify.decorateRequest('cachedAnswer', null);
  fastify.decorateRequest('outcomes', null);
  fastify.decorateRequest('documentToRegister', null);
  fastify.addHook('preHandler', async (request, reply) => {
    if (request.routeOptions.url !== GRAPHQL_PATH) return;
    const isPlainRequest = isPlain(request, config.corsOrigins);
    if (request.method === 'GET' && isPlainRequest) findCachedAnswer(request, request.url, answers);
    if (request.cachedAnswer !== null) {
      await sendCached(request, reply, request.cachedAnswer);
      return;
    }
    const problem = takeDocument(request, documents, config.onlyTrustedDocuments);
    if (problem !== null) {
      sendProblem(request, reply, problem);
      await reply;
      return;
    }
    request.asker = askerOf(reply, config.requestTimeoutMs);
    const contentType = answerTypeFor(request.headers.accept);
    const asked = contentType === null || !isPlainRequest ? null : askedOf(request);
    const known = asked && answers.findOperation(asked.query, asked.operationName);
    if (!known) return;
    const json = await answerKnown(request, reply, known, asked.variables);
    if (json !== null) await reply.header('content-type', contentType).send(json);
  });
  fastify.addHook('onSend', (request, reply, payload) => deliverAnswer(request, reply, payload, answers, config));

  async function answerKnown(
    request: FastifyRequest,
    reply: FastifyReply,
    known: KnownOperation,
    variables: Record<string, unknown>,
  ): Promise<string | null> {
    if (findUnstorableText(variables) !== null || longestList(variables) > config.listSizeMax) return null;
    const { schema, operation, compiled } = known;
    const { asked, allowed } = cost(known, variables);
    if (asked > allowed) return null;
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
    if (coerced === undefined) return null;
    const problem = chargeRequest(request, asked, buckets);
    if (problem !== null) {
      sendProblem(request, reply, problem);
      await reply;
      return null;
    }
    registerDocument(request, documents);
    const { changes } = answers.cache;
    const context: GraphQLContext = { req: request, requestId: request.id, shown: new Shown(), asker: request.asker };
    const answer = await compiled(coerced, context);
    const operationName = operation.name?.value ?? null;
    if ('outcomes' in answer) {
      request.outcomes = answer.outcomes;
      return null;
    }
    request.operationName = operationName;
    request.preparedAnswer = { shown: context.shown, operationName, changes };
    return writtenAnswer(answer.json, { asked, allowed });
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

/** Longer requests are rare, and so is their being asked twice. */
const KEY_LENGTH_MAX = 16_384;

/**
 * Looks for the answer that was kept of a request, by what was sent: the body's bytes, or the address.
 * What is asked with somebody's credentials is nobody else's.
 */
export function findCachedAnswer(request: FastifyRequest, sent: string, answers: PublicAnswers): void {
  const { headers, method } = request;
  if (sent.length > KEY_LENGTH_MAX || headers.authorization !== undefined || headers.cookie !== undefined) return;
  const { accept = '', 'accept-language': language = '' } = headers;
  request.answerKey = [method, accept, language, encodingFor(request), sent].join('\n');
  request.cachedAnswer = answers.cache.get(request.answerKey) ?? null;
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
