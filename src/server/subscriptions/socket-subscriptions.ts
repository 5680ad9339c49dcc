import type { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL, makeServer, type Server } from 'graphql-ws';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { Config } from '../../config.js';
import { HttpProblem } from '../http-problem.js';
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

/** A connection that leaves HTTP. */
export interface Upgrade {
  readonly socket: Socket;
  readonly head: Buffer;
}

const RETRY = { 'retry-after': '1' };

interface Extra {
  readonly request: FastifyRequest;
}

/** Subscriptions by the protocol of graphql-ws, over web sockets at the address of GraphQL. */
export class SocketSubscriptions {
  readonly #protocol: Server<Extra>;
  readonly #sockets: WebSocketServer;
  readonly #silent = new WeakSet<WebSocket>();
  readonly #heartbeat: NodeJS.Timeout;
  #isClosing = false;

  constructor(
    operations: SubscriptionOperations,
    private readonly config: Config,
    private readonly times: SubscriptionTimes,
  ) {
    this.#protocol = makeServer<Record<string, unknown>, Extra>({
      connectionInitWaitTimeout: times.initMs,
      onSubscribe: ({ subscriptions, extra }, _id, asked) => {
        if (Object.keys(subscriptions).length > SUBSCRIPTIONS_PER_CONNECTION) {
          const most = `One connection has at most ${SUBSCRIPTIONS_PER_CONNECTION} subscriptions.`;
          return [mistake(most, 'TOO_MANY_SUBSCRIPTIONS')];
        }
        return operations.check(asked, extra.request);
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

  /** Makes a request that wants it a web socket. Throws HttpProblem where it may not be one. */
  upgrade(request: FastifyRequest, { socket, head }: Upgrade): void {
    const problem = this.#problemWith(request);
    if (problem !== null) throw problem;
    this.#sockets.handleUpgrade(request.raw, socket, head, (opened) => {
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

  #problemWith({ headers }: FastifyRequest): HttpProblem | null {
    const { subscriptionsMax, corsOrigins } = this.config;
    if (subscriptionsMax === 0) return new HttpProblem(404, 'Subscriptions are switched off on this server.');
    if (!isOriginAllowed(headers, corsOrigins)) return new HttpProblem(403, 'Pages of this origin may not connect.');
    if (this.#isClosing) return new HttpProblem(503, 'The server is stopping.', RETRY);
    const isFull = this.#sockets.clients.size >= subscriptionsMax;
    return isFull ? new HttpProblem(503, 'Too many are connected right now.', RETRY) : null;
  }

  #open(socket: WebSocket, request: FastifyRequest): void {
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
        request.log.error({ err: error, msg: 'a subscription failed' });
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
      request.log.info({ code, ms: Math.round(performance.now() - since) }, 'web socket');
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
      const [code, reason] = ENDINGS[why];
      socket.close(code, reason);
    });
  }
}

function textOf(message: RawData): string {
  return (Array.isArray(message) ? Buffer.concat(message) : Buffer.from(message as Buffer)).toString('utf8');
}
