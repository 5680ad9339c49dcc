import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { Authenticator } from '../../src/accounts/sign-in/authenticator.js';
import { house } from '../../src/colophon.js';
import { type Config, loadConfig } from '../../src/config.js';
import { DatabaseConnection } from '../../src/database/database-connection.js';
import { EditionChanges } from '../../src/editions/edition-changes.js';
import { createHttpServer } from '../../src/server/http-server.js';

import { createTestDatabase, type TestDatabase } from './test-database.js';

/** What a GraphQL request over HTTP came to. */
export interface GraphQLAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: any;
  readonly errors?: readonly { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
}

/** The real application on a free port and a database of its own. */
export interface TestServer {
  readonly url: string;
  readonly app: NestFastifyApplication;
  readonly database: TestDatabase;
  query(
    document: string,
    variables?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<GraphQLAnswer>;
  /** Stops the server and drops its database. */
  close(): Promise<void>;
}

/** What a test may choose. */
export interface TestServerOptions {
  /** Seeds from `seeds/`, as the product does at its start. */
  readonly seed?: boolean;
  readonly config?: Partial<Config>;
  /** Another server's database, which is dropped with that server. */
  readonly database?: TestDatabase;
}

/** Starts the application as `serve` does, without its process: migrated, seeded when asked, ready. */
export async function startTestServer({
  seed = false,
  config: chosen = {},
  database: given,
}: TestServerOptions = {}): Promise<TestServer> {
  const database = given ?? (await createTestDatabase());
  const defaults = loadConfig({
    HOST: '127.0.0.1',
    PORT: '0',
    COLOPHON_LOG_LEVEL: 'error',
    COLOPHON_LOG_FORMAT: 'json',
    // A test that is about a limit sets it; any other is to find its answer, however busy the machine is.
    COLOPHON_STATEMENT_TIMEOUT_MS: '20000',
    COLOPHON_CONNECT_TIMEOUT_MS: '15000',
    COLOPHON_REQUEST_TIMEOUT_MS: '40000',
  });
  const config = Object.assign(defaults, { seedOnStart: seed }, chosen);
  const module = await house.module({ config, connectionString: database.connectionString });
  const app = await createHttpServer(module, config, { changes: EditionChanges, viewers: Authenticator });
  const connection = app.get(DatabaseConnection);
  if (seed) connection.beforeReady(() => house.prepare(app, config));
  await app.listen(config.port, config.host);
  await connection.whenReady();
  const url = await app.getUrl();
  return {
    url,
    app,
    database,
    query: (document, variables, headers) => postQuery(url, document, variables, headers),
    close: async () => {
      await app.close();
      if (given === undefined) await database.drop();
    },
  };
}

/** Sends one operation over HTTP, as a front end does. */
export async function postQuery(
  url: string,
  document: string,
  variables: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<GraphQLAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...headers },
    body: JSON.stringify({ query: document, variables }),
  });
  const body = (await response.json()) as Pick<GraphQLAnswer, 'data' | 'errors'>;
  return { status: response.status, headers: response.headers, ...body };
}
