import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

/** Name of the database and of its owner in an embedded Postgres. */
export const EMBEDDED_NAME = 'colophon';

/** How an embedded Postgres listens and who may come in. */
export interface PostgresEndpoint {
  readonly initdbArgs: readonly string[];
  readonly postgresArgs: readonly string[];
  /** @param database without it, Colophon's own */
  connectionString(database?: string): string;
}

/**
 * A socket in a folder that only we may enter: no port that could be taken, no password that could leak.
 * On Windows, where Node's Postgres client knows no such socket: this machine's address and a password kept in the folder.
 */
export async function chooseEndpoint(dataFolder: string, socketFolder: string): Promise<PostgresEndpoint> {
  if (process.platform === 'win32') return chooseWindowsEndpoint(dataFolder);
  return {
    initdbArgs: ['--auth=trust'],
    postgresArgs: setting({
      listen_addresses: '',
      port: '5432',
      unix_socket_directories: `"${socketFolder}"`,
      unix_socket_permissions: '0700',
    }),
    connectionString: (database = EMBEDDED_NAME) =>
      `postgres:///${database}?host=${encodeURIComponent(socketFolder)}&port=5432&user=${EMBEDDED_NAME}&sslmode=disable`,
  };
}

/** Settings of Postgres as arguments of its command line. */
export function setting(settings: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function chooseWindowsEndpoint(dataFolder: string): Promise<PostgresEndpoint> {
  const passwordFile = join(dataFolder, 'postgres-password.txt');
  const password = await readFile(passwordFile, 'utf8').catch(async () => {
    const fresh = randomBytes(24).toString('hex');
    await writeFile(passwordFile, fresh, { mode: 0o600 });
    return fresh;
  });
  const port = await findFreePort();
  return {
    initdbArgs: ['--auth=scram-sha-256', `--pwfile=${passwordFile}`],
    postgresArgs: setting({ listen_addresses: '127.0.0.1', port: String(port) }),
    connectionString: (database = EMBEDDED_NAME) =>
      `postgres://${EMBEDDED_NAME}:${password}@127.0.0.1:${port}/${database}?sslmode=disable`,
  };
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}
