import { lookup } from 'node:dns/promises';
import { type AddressInfo, createServer } from 'node:net';

import { ColophonError } from '../common/colophon-error.js';
import type { Config } from '../config.js';

type Address = Pick<Config, 'host' | 'port'>;

/** Throws ColophonError in one line when the server could not listen: said before a database is started for nothing. */
export async function refuseTakenPort(config: Address): Promise<void> {
  if (config.port === 0) return;
  try {
    for (const { address } of await lookup(config.host, { all: true })) await tryToListen(address, config.port);
  } catch (error) {
    throw explainListenFailure(error, config);
  }
}

/** Turns a failure to listen into one line; any other error stays as it is. */
export function explainListenFailure(error: unknown, { host, port }: Address): unknown {
  const sentences: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} is taken; set PORT to another, or to 0 for any free one.`,
    EACCES: `Port ${port} is not open to this user; set PORT to one above 1023.`,
    EADDRNOTAVAIL: `HOST=${host} is no address of this machine.`,
    ENOTFOUND: `HOST=${host} is no address of this machine.`,
    EAI_AGAIN: `HOST=${host} is no address of this machine.`,
  };
  const sentence = sentences[(error as NodeJS.ErrnoException).code ?? ''];
  return sentence === undefined ? error : new ColophonError(sentence);
}

/** The address to type into a browser on this machine. */
export function urlOf({ host, port }: Address, bound: AddressInfo | string | null): string {
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const name = isEverywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${typeof bound === 'object' && bound !== null ? bound.port : port}`;
}

function tryToListen(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      // `localhost` may have an address of a family that is switched off here.
      if (error.code === 'EADDRNOTAVAIL' && host === '::1') resolve();
      else reject(error);
    });
    server.listen({ host, port, exclusive: true }, () => {
      server.close(() => {
        resolve();
      });
    });
  });
}
