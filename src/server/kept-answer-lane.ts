import type { IncomingMessage, ServerResponse } from 'node:http';
import proxyAddr from '@fastify/proxy-addr';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { CachedAnswer, PublicAnswers } from '../answers/public-answers.js';
import { clientOf } from '../common/client-address.js';
import type { Config } from '../config.js';
import { answerKeyOf, hasCredentials, KEY_LENGTH_MAX } from './answer-key.js';
import type { CostBuckets } from './cost-buckets.js';
import { isNotModified } from './deliver-answer.js';
import { isPlain } from './plain-request.js';
import { REQUEST_POINTS, roomHeaders } from './rate-limit.js';
import { REQUEST_ID_HEADER, requestIdOf } from './request-id.js';
import { logAnswered } from './request-log.js';
import { hostCheck } from './sound-host.js';

/** What the lane shares with the rest of the server. */
export interface KeptAnswerLaneParts {
  readonly answers: PublicAnswers;
  readonly buckets: CostBuckets;
  readonly logger: Logger;
  /** Where GraphQL is asked. */
  readonly path: string;
  /** Headers of every answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** Headers beside them of every answer where pages of other origins may ask. */
  readonly corsHeaders: Readonly<Record<string, string>>;
}

/**
 * Sends answers that were kept before anything else of the server is asked: more than half of what such an answer would
 * cost is to find its route and call its hooks. Requests that are in any way unusual, or whose answer is not kept, go on
 * as they came; they are answered with the same headers and bytes, and counted and logged alike. Of a server that listens
 * at several addresses of `localhost`, the first has this lane.
 */
export function sendKeptAnswersFirst(fastify: FastifyInstance, parts: KeptAnswerLaneParts, config: Config): void {
  if (config.answerCacheMb === 0) return;
  const { answers, buckets, logger, path } = parts;
  const isCounted = buckets.pointsPerMinute > 0;
  const isBelieved = config.trustProxy.length > 0 ? proxyAddr.compile([...config.trustProxy]) : null;
  const [isSoundHost, isSoundForwardedHost] = [hostCheck(), hostCheck()];
  const isLogged = logger.isLevelEnabled('info');
  const common = Object.entries({
    ...parts.headers,
    ...(config.corsOrigins.length > 0 ? parts.corsHeaders : {}),
  }).flat();

  const [goOn] = fastify.server.listeners('request') as [(request: IncomingMessage, response: ServerResponse) => void];
  let isOpen = true;
  // Who drains ends connections with their answers.
  fastify.addHook('preClose', (done) => {
    isOpen = false;
    done();
  });
  fastify.server.removeListener('request', goOn);
  fastify.server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!isOpen || !answers.cache.isOpen || hasCredentials(request)) goOn(request, response);
    else if (isPlainPost(request)) {
      // What came in one packet, as nearly every body does, has been read by then.
      process.nextTick(answerPost, request, response);
    } else if (!isPlainGet(request) || !sendKept(request, response, request.url ?? '')) goOn(request, response);
  });

  function isPlainPost({ method, url, headers }: IncomingMessage): boolean {
    return (
      method === 'POST' &&
      url === path &&
      PLAIN_JSON.test(headers['content-type'] ?? '') &&
      headers['content-encoding'] === undefined &&
      headers['transfer-encoding'] === undefined &&
      headers.expect === undefined
    );
  }

  function isPlainGet(request: IncomingMessage): boolean {
    const { method, url = '', headers } = request;
    return (
      method === 'GET' &&
      url.startsWith(`${path}?`) &&
      url.length <= KEY_LENGTH_MAX &&
      headers['content-length'] === undefined &&
      headers['transfer-encoding'] === undefined &&
      isPlain(request, config.corsOrigins)
    );
  }

  function answerPost(request: IncomingMessage, response: ServerResponse): void {
    const { readableLength: length, socket } = request;
    // What followed in the packet may have ended the connection.
    if (socket.destroyed) return;
    if (length > 0 && length <= KEY_LENGTH_MAX && length === Number(request.headers['content-length'])) {
      const body = request.read() as Buffer;
      if (sendKept(request, response, body.toString('latin1'))) {
        request.resume();
        return;
      }
      request.unshift(body);
    }
    goOn(request, response);
  }

  /** Sends the answer if it is kept, and nothing stands against it; the rest of the server tells what does. */
  function sendKept(request: IncomingMessage, response: ServerResponse, sent: string): boolean {
    const answer = answers.cache.get(answerKeyOf(request, sent));
    if (answer === undefined || !isSound(request)) return false;
    const client = clientOfRequest(request);
    if (client === undefined) return false;
    if (client !== null && buckets.take(client, REQUEST_POINTS, performance.now()) > 0) return false;
    send(request, response, answer, client);
    return true;
  }

  function isSound({ headers }: IncomingMessage): boolean {
    const { host, 'x-forwarded-host': forwarded } = headers;
    return (
      host !== undefined &&
      isSoundHost(host) &&
      (isBelieved === null || forwarded === undefined || isSoundForwardedHost(String(forwarded)))
    );
  }

  /** Null where nobody is counted; undefined where it cannot be told who is. */
  function clientOfRequest(request: IncomingMessage): string | null | undefined {
    if (!isCounted) return null;
    const address = isBelieved === null ? request.socket.remoteAddress : proxyAddr(request, isBelieved);
    return address === undefined ? undefined : clientOf(address);
  }

  function send(request: IncomingMessage, response: ServerResponse, answer: CachedAnswer, client: string | null): void {
    const startedMs = performance.now();
    const id = requestIdOf(request.headers);
    const head = [REQUEST_ID_HEADER, id, ...common];
    const { origin } = request.headers;
    if (origin !== undefined && config.corsOrigins.includes(origin)) head.push('access-control-allow-origin', origin);
    for (const [name, value] of Object.entries(answer.headers)) head.push(name, value);
    if (client !== null && request.method !== 'GET') head.push(...Object.entries(roomHeaders(client, buckets)).flat());
    if (isLogged) {
      const { method, url } = request;
      response.once('finish', () => {
        logAnswered(logger, {
          requestId: id,
          method,
          url,
          status: response.statusCode,
          operationName: answer.operationName,
          ms: performance.now() - startedMs,
        });
      });
    }
    if (isNotModified(request, answer.headers.etag)) {
      response.writeHead(304, head).end();
    } else {
      head.push('content-length', String(answer.body.length));
      response.writeHead(200, head).end(answer.body);
    }
  }
}

/** The media type that front ends send, as nearly all of them write it. */
const PLAIN_JSON = /^application\/json(?:; ?charset=utf-8)?$/i;
