import type { Socket } from 'node:net';
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import cors from '@fastify/cors';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { Logger } from 'pino';
import type { ViewerSource } from '../accounts/viewer.js';
import { PublicAnswers } from '../answers/public-answers.js';
import type { ChangesSource } from '../common/changes.js';
import type { Config } from '../config.js';
import { registerPlayground } from '../playground/playground.js';
import { GRAPHQL_PATH, isKnown, registerAnswerLane } from './answer-lane.js';
import { largestBodyBytes, limitBodies } from './body-limit.js';
import { CostBuckets } from './cost-buckets.js';
import { HttpProblem, problemBody, sendProblem } from './http-problem.js';
import { HttpProblemFilter } from './http-problem.filter.js';
import { acceptJsonBodies } from './json-body.js';
import { sendKeptAnswersFirst } from './kept-answer-lane.js';
import { createLogger, NestLogger } from './logger.js';
import { REQUEST_ID_HEADER, requestIdOf } from './request-id.js';
import { PersistedDocuments } from './persisted-documents.js';
import { isPlain } from './plain-request.js';
import { limitRates } from './rate-limit.js';
import { securityHeaders } from './security-headers.js';
import { hostCheck } from './sound-host.js';
import { logRequests } from './request-log.js';
import { provideViewers } from './viewer-of-request.js';
import { registerSubscriptions } from './subscriptions/register-subscriptions.js';
import { UpgradableRequest } from './subscriptions/upgradable-request.js';

/** What a caller may hand in instead of having it made. */
export interface HttpServerParts {
  /** The process's logger; made from the settings when absent. */
  readonly logger?: Logger;
  /** The provider that tells which articles were published; without it, no answer is kept. */
  readonly changes?: Type<ChangesSource>;
  /** The provider that tells who is signed in; without it, nobody is. */
  readonly viewers?: Type<ViewerSource>;
}

/**
 * Builds the HTTP server around the application's module: limits, headers, request ids, logs and problems.
 * It listens to nothing yet and handles no signals: `listen` and `close` are the caller's. `close` stops listening
 * at once, answers everything in flight, then lets the modules shut down.
 */
export async function createHttpServer(
  module: DynamicModule | Type,
  config: Config,
  { logger: given, changes, viewers }: HttpServerParts = {},
): Promise<NestFastifyApplication> {
  const logger = given ?? (await createLogger(config));
  const adapter = new FastifyAdapter({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: (request: IncomingMessage) => requestIdOf(request.headers),
    requestIdHeader: false,
    bodyLimit: largestBodyBytes(config),
    trustProxy: config.trustProxy.length > 0 ? [...config.trustProxy] : false,
    // A request that comes over a kept connection while the server drains is answered like any other.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    keepAliveTimeout: 65_000,
    requestTimeout: 8_000,
    routerOptions: { maxParamLength: 500 },
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    http: {
      IncomingMessage: UpgradableRequest,
      requestTimeout: 8_000,
      headersTimeout: 5_000,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: 16_384,
      insecureHTTPParser: false,
    },
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      void reply.header(REQUEST_ID_HEADER, request.id);
      const isTooLong = error.code === 'FST_ERR_MAX_PARAM_LENGTH';
      sendProblem(request, reply, new HttpProblem(isTooLong ? 414 : 400, 'The address is malformed.'));
    },
    clientErrorHandler: answerBrokenRequest,
  });
  const fastify = adapter.getInstance();
  const isSoundHost = hostCheck();
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header(REQUEST_ID_HEADER, request.id);
    // Behind this line others build URLs from the Host header.
    if (isSoundHost(request.host)) done();
    else done(new HttpProblem(400, 'The Host header is malformed.'));
  });
  logRequests(fastify);
  letConnectionsGo(fastify);
  const headers = securityHeaders();
  fastify.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(headers);
    done();
  });
  if (config.corsOrigins.length > 0) await allowOrigins(fastify, config.corsOrigins);
  registerPlayground(fastify, {
    isOn: config.playground && !config.onlyTrustedDocuments,
    graphqlPath: GRAPHQL_PATH,
    signIn: {
      providerReturnUrl: config.oidcIssuer === undefined ? null : (config.oidcReturnUrl ?? null),
      idleMinutes: config.sessionIdleMinutes,
    },
  });

  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: new NestLogger(logger),
    abortOnError: false,
    bodyParser: false,
  });
  const answers = app.get(PublicAnswers, { strict: false });
  acceptJsonBodies(fastify, (request, body) => isKnown(request, body.toString('latin1'), answers));
  const buckets = app.get(CostBuckets, { strict: false });
  const documents = app.get(PersistedDocuments, { strict: false });
  provideViewers(fastify, viewers === undefined ? null : app.get(viewers, { strict: false }));
  limitBodies(fastify, config);
  limitRates(fastify, GRAPHQL_PATH, buckets);
  letPlainGetsPass(fastify, config.corsOrigins);
  registerAnswerLane(fastify, { answers, documents, buckets }, config);
  registerSubscriptions(app, GRAPHQL_PATH, { documents, buckets }, config);
  const parts = { answers, buckets, logger, headers, corsHeaders: CORS_HEADERS, path: GRAPHQL_PATH };
  sendKeptAnswersFirst(fastify, parts, config);
  if (changes !== undefined) app.get(changes, { strict: false }).tell(answers.cache);
  app.useGlobalFilters(new HttpProblemFilter(largestBodyBytes(config)));
  return app;
}

/** No route has a schema of Fastify's, whose compilers take long to load. */
function noSchemas(): never {
  throw new TypeError('a route of this server has no schema');
}

/** Ends each kept connection with the answer that was in flight on it, so that a stopping server need not wait for it. */
function letConnectionsGo(fastify: FastifyInstance): void {
  let isClosing = false;
  fastify.addHook('preClose', (done) => {
    isClosing = true;
    done();
  });
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (isClosing) void reply.header('connection', 'close');
    done(null, payload);
  });
}

/** Spares plain GETs the header that Apollo wants of every GET: shared caches and addresses in links have none. */
function letPlainGetsPass(fastify: FastifyInstance, origins: readonly string[]): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (request.method === 'GET' && isPlain(request, origins)) request.headers['apollo-require-preflight'] = 'true';
    done();
  });
}

/** What pages of other origins may read of an answer's headers. */
const EXPOSED_HEADERS = [REQUEST_ID_HEADER, 'retry-after'];
const CORS_HEADERS = { 'access-control-expose-headers': EXPOSED_HEADERS.join(', ') };

async function allowOrigins(fastify: FastifyInstance, origins: readonly string[]): Promise<void> {
  await fastify.register(cors, {
    origin: [...origins],
    methods: ['GET', 'POST'],
    allowedHeaders: [
      'authorization',
      'content-type',
      'apollo-require-preflight',
      'x-apollo-operation-name',
      REQUEST_ID_HEADER,
    ],
    exposedHeaders: EXPOSED_HEADERS,
    maxAge: 600,
  });
}

/** Answers on the bare socket what never became a request: broken HTTP, headers too large or too slow. */
function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, message] =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? [408, 'The request took too long to arrive.']
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? [431, 'The request headers are too large.']
        : [400, 'This is not a request in HTTP.'];
  const body = problemBody(status, message);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
