import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyBaseLogger } from 'fastify';
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL, makeServer, type Server } from 'graphql-ws';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { Config } from '../../config.js';
import { problemBody } from '../http-problem.js';
import { mistake, type SubscriptionOperations } from './subscription-operations.js';
import type { SubscriptionTimes } from './subscription-times.js';
import { isOriginAllowed } from './web-origin.js';

/** A page follows one or two things. */
const SUBSCRIPTIONS_PER_CONNECTION = 10;

/** So much waits for a reader at most. */
const UNREAD_BYTES_MAX = 1_000_000;

/** Why a connection is ended. Clients of the protocol come back after any of them. Source: RFC 6455, section 7.4. */
const ENDINGS = {
  leaving: [1001, 'Going away'],
  late: [1001, 'Open for long enough: come back and go on after your last cursor'],
  slow: [1013, 'Reads too slowly: come back and go on after your last cursor'],
} as const;

interface Extra {
  readonly request: IncomingMessage;
}

/** Subscriptions by the protocol of graphql-ws, over web sockets at the address of GraphQL. */
export class SocketSubscriptions {
  readonly #protocol: Server<Extra>;
  readonly #sockets: WebSocketServer;
  readonly #silent = new WeakSet<WebSocket>();
  readonly #heartbeat: NodeJS.Timeout;
  #isClosing = false;

  constructor(
    private readonly path: string,
    private readonly operations: SubscriptionOperations,
    private readonly config: Config,
    private readonly times: SubscriptionTimes,
    private readonly log: FastifyBaseLogger,
  ) {
    this.#protocol = makeServer<Record<string, unknown>, Extra>({
      connectionInitWaitTimeout: times.initMs,
      onSubscribe: ({ subscriptions, extra }, _id, asked) => {
        if (Object.keys(subscriptions).length > SUBSCRIPTIONS_PER_CONNECTION) {
          const most = `One connection has at most ${SUBSCRIPTIONS_PER_CONNECTION} subscriptions.`;
          return [mistake(most, 'TOO_MANY_SUBSCRIPTIONS')];
        }
        return operations.check(asked, extra.request.headers);
      },
      subscribe: (args) => operations.run(args),
      onNext: (_context, _id, _asked, _args, result) => operations.format(result),
      onError: (_context, _id, _asked, errors) => operations.formatErrors(errors),
    });
    this.#sockets = new WebSocketServer({
      noServer: true,
      maxPayload: config.bodyLimitBytes,
      perMessageDeflate: false,
      autoPong: false,
      handleProtocols: (offered) =>
        offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? GRAPHQL_TRANSPORT_WS_PROTOCOL : false,
    });
    this.#heartbeat = setInterval(() => {
      for (const socket of this.#sockets.clients) this.#feelPulse(socket);
    }, times.heartbeatMs).unref();
  }

  /** Takes a connection that wants to be a web socket, or says why not. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => {
      socket.destroy();
    });
    const [status, message] = this.#refusal(request) ?? [];
    if (status !== undefined && message !== undefined) {
      refuse(socket, status, message);
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (opened) => {
      this.#open(opened, request);
    });
  }

  /** Says goodbye to everybody, and takes nobody any more. */
  async close(): Promise<void> {
    this.#isClosing = true;
    clearInterval(this.#heartbeat);
    const closed = [...this.#sockets.clients].map((socket) => this.#end(socket, 'leaving'));
    await Promise.all(closed);
    this.#sockets.close();
  }

  #refusal({ url = '', headers }: IncomingMessage): readonly [number, string] | null {
    if (url.split('?', 1)[0] !== this.path) return [404, 'There is no web socket at this address.'];
    if (this.config.subscriptionsMax === 0) return [404, 'Subscriptions are switched off on this server.'];
    if (!isOriginAllowed(headers, this.config.corsOrigins)) return [403, 'Pages of this origin may not connect.'];
    if (this.#isClosing) return [503, 'The server is stopping.'];
    return this.#sockets.clients.size < this.config.subscriptionsMax
      ? null
      : [503, 'Too many are connected right now.'];
  }

  #open(socket: WebSocket, request: IncomingMessage): void {
    const since = performance.now();
    let receive: (message: string) => Promise<void> = () => Promise.resolve();
    const ended = this.#protocol.opened(
      {
        protocol: socket.protocol,
        send: (message) => this.#send(socket, message),
        close: (code, reason) => {
          socket.close(code, reason);
        },
        onMessage: (listener) => {
          receive = listener;
        },
      },
      { request },
    );
    const lifetime = setTimeout(() => void this.#end(socket, 'late'), this.config.subscriptionMinutes * 60_000);
    socket.on('message', (message) => {
      if (this.#isFlooded(socket)) return;
      receive(textOf(message)).catch((error: unknown) => {
        this.log.error({ err: error, msg: 'a subscription failed' });
        socket.close(CloseCode.InternalServerError, 'Something went wrong on our side');
      });
    });
    socket.on('ping', (data) => {
      if (!this.#isFlooded(socket)) socket.pong(data);
    });
    socket.on('pong', () => {
      this.#silent.delete(socket);
    });
    // What breaks a connection also closes it.
    socket.on('error', () => undefined);
    socket.on('close', (code, reason) => {
      clearTimeout(lifetime);
      void ended(code, reason.toString());
      this.log.info({ path: this.path, code, ms: Math.round(performance.now() - since) }, 'web socket');
    });
  }

  /** Waits until the message is on its way: what is asked for next is asked by who has read the last. */
  async #send(socket: WebSocket, message: string): Promise<void> {
    if (socket.readyState !== socket.OPEN) return;
    await new Promise<void>((resolve) => {
      const late = setTimeout(() => void this.#end(socket, 'slow'), this.times.slowReaderMs);
      socket.send(message, () => {
        clearTimeout(late);
        resolve();
      });
    });
  }

  /** Who asks on and on, and reads none of the answers, is let go. */
  #isFlooded(socket: WebSocket): boolean {
    const isFlooded = socket.bufferedAmount > UNREAD_BYTES_MAX;
    if (isFlooded) void this.#end(socket, 'slow');
    return isFlooded;
  }

  #feelPulse(socket: WebSocket): void {
    if (this.#silent.has(socket)) {
      socket.terminate();
      return;
    }
    this.#silent.add(socket);
    socket.ping();
  }

  async #end(socket: WebSocket, why: keyof typeof ENDINGS): Promise<void> {
    if (socket.readyState === socket.CLOSED) return;
    await new Promise<void>((resolve) => {
      const hangUp = setTimeout(() => {
        socket.terminate();
      }, this.times.goodbyeMs);
      socket.once('close', () => {
        clearTimeout(hangUp);
        resolve();
      });
      socket.close(...ENDINGS[why]);
    });
  }
}

function textOf(message: RawData): string {
  return (Array.isArray(message) ? Buffer.concat(message) : Buffer.from(message as Buffer)).toString('utf8');
}

const REASONS: Readonly<Record<number, string>> = { 403: 'Forbidden', 404: 'Not Found', 503: 'Service Unavailable' };

/** Answers who wanted a web socket by HTTP, for the last time. */
function refuse(socket: Duplex, status: number, message: string): void {
  const body = problemBody(status, message);
  const head = [
    `HTTP/1.1 ${status} ${REASONS[status] ?? ''}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    ...(status === 503 ? ['retry-after: 1'] : []),
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
