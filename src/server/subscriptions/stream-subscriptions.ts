import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FormattedExecutionResult } from 'graphql';
import type { Config } from '../../config.js';
import { HttpProblem } from '../http-problem.js';
import { ResultStream } from './result-stream.js';
import type { AskedSubscription, SubscriptionOperations } from './subscription-operations.js';
import type { SubscriptionTimes } from './subscription-times.js';
import { isOriginAllowed } from './web-origin.js';

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // Proxies that gather what they pass on would keep it from the reader. Source: nginx, proxy_buffering.
  'x-accel-buffering': 'no',
};

/** A line that says nothing, by which both sides notice that the other is still there. */
const SIGN_OF_LIFE = ':\n\n';

/**
 * Subscriptions as server-sent events, one to a request.
 * Source: GraphQL over Server-Sent Events, distinct connections mode.
 */
export class StreamSubscriptions {
  readonly #open = new Set<() => void>();
  #isClosing = false;

  constructor(
    private readonly operations: SubscriptionOperations,
    private readonly config: Config,
    private readonly times: SubscriptionTimes,
  ) {}

  /** Answers a request for as long as its subscription goes on. Throws HttpProblem for what is no such request. */
  async answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const asked = this.#askedBy(request);
    const checked = this.operations.check(asked, request);
    if (!('schema' in checked)) {
      this.#begin(reply);
      reply.raw.end(complete(next({ errors: this.operations.formatErrors(checked) })));
      return;
    }
    request.operationName = checked.operationName ?? null;
    const subscribed = await this.operations.run(checked);
    this.#begin(reply);
    if (subscribed instanceof ResultStream) await this.#tell(reply.raw, subscribed);
    else reply.raw.end(complete(next(this.operations.format(subscribed))));
  }

  /** Ends all of them, without saying that they are complete: clients come back. */
  close(): void {
    this.#isClosing = true;
    for (const end of this.#open) end();
  }

  #askedBy(request: FastifyRequest): AskedSubscription {
    if (this.config.subscriptionsMax === 0) {
      throw new HttpProblem(404, 'Subscriptions are switched off on this server.');
    }
    if (!(request.headers.accept ?? '').includes('text/event-stream')) {
      throw new HttpProblem(406, 'Subscriptions are answered as text/event-stream.');
    }
    if (!isOriginAllowed(request.headers, this.config.corsOrigins)) {
      throw new HttpProblem(403, 'Pages of this origin may not connect.');
    }
    if (this.#isClosing) throw new HttpProblem(503, 'The server is stopping.', { 'retry-after': '1' });
    return request.method === 'GET' ? inAddress(request.query) : inBody(request.body);
  }

  #begin(reply: FastifyReply): void {
    const { raw } = reply;
    reply.hijack();
    raw.writeHead(200, { ...(reply.getHeaders() as Record<string, string>), ...HEADERS });
    // Some browsers take a stream for open when its first bytes have come.
    raw.write(SIGN_OF_LIFE);
  }

  async #tell(raw: ServerResponse, results: ResultStream): Promise<void> {
    const reader = { isLeft: false };
    const end = (): void => {
      reader.isLeft = true;
      void results.return();
    };
    this.#open.add(end);
    raw.once('close', end);
    raw.once('error', end);
    const lifetime = setTimeout(end, this.config.subscriptionMinutes * 60_000);
    const heartbeat = setInterval(() => {
      if (!raw.writableNeedDrain) raw.write(SIGN_OF_LIFE);
    }, this.times.heartbeatMs);
    try {
      if (this.#isClosing) end();
      for await (const result of results) {
        if (!raw.write(next(this.operations.format(result)))) await this.#drain(raw);
      }
    } finally {
      clearTimeout(lifetime);
      clearInterval(heartbeat);
      this.#open.delete(end);
      raw.off('close', end);
      raw.end(reader.isLeft ? '' : complete(''));
      if (reader.isLeft) this.#hangUp(raw);
    }
  }

  /** A reader who is not done in time is let go, and comes back when there is time to read. */
  async #drain(raw: ServerResponse): Promise<void> {
    const signal = AbortSignal.timeout(this.times.slowReaderMs);
    await Promise.race([once(raw, 'drain', { signal }), once(raw, 'close', { signal })]).catch(() => {
      raw.destroy();
    });
  }

  #hangUp(raw: ServerResponse): void {
    const hangUp = setTimeout(() => {
      raw.destroy();
    }, this.times.goodbyeMs);
    raw.once('close', () => {
      clearTimeout(hangUp);
    });
  }
}

function next(result: FormattedExecutionResult): string {
  return `event: next\ndata: ${JSON.stringify(result)}\n\n`;
}

function complete(before: string): string {
  return `${before}event: complete\ndata:\n\n`;
}

function inAddress(parameters: unknown): AskedSubscription {
  const sent = { ...(parameters as Record<string, unknown>) };
  for (const name of ['variables', 'extensions']) {
    const value = sent[name];
    if (typeof value === 'string') sent[name] = parsedJson(name, value);
  }
  return inBody(sent);
}

function parsedJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpProblem(400, `The ${name} are not valid JSON.`);
  }
}

function inBody(body: unknown): AskedSubscription {
  const sent = (body ?? {}) as Record<string, unknown>;
  const { query = '', operationName = null, variables = null } = sent;
  if (typeof query !== 'string') throw new HttpProblem(400, 'The query must be a text.');
  if (operationName !== null && typeof operationName !== 'string') {
    throw new HttpProblem(400, 'The operationName must be a text.');
  }
  if (typeof variables !== 'object' || Array.isArray(variables)) {
    throw new HttpProblem(400, 'The variables must be an object.');
  }
  return { ...sent, query, operationName, variables: variables as Record<string, unknown> | null };
}
