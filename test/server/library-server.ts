import type { AddressInfo } from 'node:net';
import { request as httpRequest } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { loadConfig } from '../../src/config.js';
import { createHttpServer } from '../../src/server/http-server.js';
import { LibraryModule, LibraryProbe } from './library.js';

/** One answer as a client saw it. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A line of the log. */
export type LogLine = Readonly<Record<string, unknown>>;

/** The test library behind a real port. */
export class LibraryServer {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly port: number,
    readonly log: LogLine[],
  ) {}

  /** Starts it on a free port, with settings written as environment variables. */
  static async start(environment: Record<string, string> = {}): Promise<LibraryServer> {
    const config = loadConfig({ ...environment });
    const log: LogLine[] = [];
    const logger = pino(
      { level: 'trace', base: undefined },
      { write: (line: string) => log.push(JSON.parse(line) as LogLine) },
    );
    const app = await createHttpServer(LibraryModule.forRoot(config), config, { logger });
    await app.listen(0, '127.0.0.1');
    return new LibraryServer(app, (app.getHttpServer().address() as AddressInfo).port, log);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get probe(): LibraryProbe {
    return this.app.get(LibraryProbe, { strict: false });
  }

  async fetch(path: string, init?: RequestInit): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, { redirect: 'manual', ...init });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  /** Sends a body to the GraphQL address as JSON. */
  async post(body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  /** Asks one operation; gives its status, data and the first error's code and extensions. */
  async ask(query: string, variables?: Record<string, unknown>): Promise<GraphqlAnswer> {
    const answer = await this.post({ query, ...(variables ? { variables } : {}) });
    const { data, errors } = JSON.parse(answer.text) as { data?: unknown; errors?: GraphqlProblem[] };
    return { ...answer, data, errors: errors ?? [], code: errors?.[0]?.extensions.code };
  }

  /** Sends a request with headers that `fetch` would not let through. */
  async raw(headers: Record<string, string>): Promise<number> {
    return new Promise((resolve, reject) => {
      const request = httpRequest({ port: this.port, host: '127.0.0.1', path: '/graphql', headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      request.on('error', reject);
      request.end();
    });
  }

  async stop(): Promise<void> {
    await this.app.close();
  }
}

/** An error as GraphQL answers it. */
interface GraphqlProblem {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>> & { readonly code: string };
}

/** An answer to an operation. */
export interface GraphqlAnswer extends Answer {
  readonly data: unknown;
  readonly errors: readonly GraphqlProblem[];
  readonly code: string | undefined;
}
