import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP } from 'node:net';
import { HostTurns } from './host-turns.js';
import { isPublicAddress, lookupPublic, PrivateAddressError } from './public-address.js';

/**
 * What came of trying a link. ALIVE: something is there. DEAD: nothing is, and whoever answers says so. UNSURE: nobody knows, as
 * when a server is away or lets no programs in. REFUSED: it is not followed.
 */
export const LINK_OUTCOMES = ['ALIVE', 'DEAD', 'UNSURE', 'REFUSED'] as const;
export type LinkOutcome = (typeof LINK_OUTCOMES)[number];

/** What came of trying a link, and why, for people: `the server answers 404`. */
export interface LinkAnswer {
  readonly outcome: LinkOutcome;
  readonly detail: string;
}

/** How links are tried. */
export interface LinkTrial {
  /** One request at a time for each host, with a pause. */
  readonly turns: HostTurns;
  readonly timeoutMs: number;
  /** Whether private networks may be asked, which else are refused: for tests. */
  readonly isPrivateAllowed: boolean;
  readonly signal: AbortSignal;
}

const REDIRECTS_MAX = 5;
const USER_AGENT = 'Colophon-link-check';

/** Not there, and not coming back. */
const GONE: ReadonlySet<number> = new Set([404, 410]);

/** Tries a link: with HEAD, and with GET where that is not answered well. Nothing of what is there is read. */
export async function tryLink(url: string, trial: LinkTrial): Promise<LinkAnswer> {
  try {
    let at = new URL(url);
    for (let hop = 0; hop <= REDIRECTS_MAX; hop += 1) {
      if (at.protocol !== 'http:' && at.protocol !== 'https:') return refused('is no address of the web');
      const { status, location } = await askPolitely(at, trial);
      if (status >= 300 && status < 400 && location !== undefined) {
        at = new URL(location, at);
        continue;
      }
      const detail = `the server answers ${status}`;
      if (GONE.has(status)) return { outcome: 'DEAD', detail };
      return { outcome: status < 400 ? 'ALIVE' : 'UNSURE', detail };
    }
    return { outcome: 'UNSURE', detail: `it is led on more than ${REDIRECTS_MAX} times` };
  } catch (error) {
    return answerOf(error as NodeJS.ErrnoException, trial);
  }
}

function answerOf(error: NodeJS.ErrnoException, { signal, timeoutMs }: LinkTrial): LinkAnswer {
  signal.throwIfAborted();
  if (error instanceof PrivateAddressError) return refused(error.message);
  if (error.code === 'ERR_INVALID_URL') return refused('is no address of the web');
  if (error.code === 'ENOTFOUND') return { outcome: 'DEAD', detail: 'there is no such host' };
  if (error.name === 'TimeoutError') return { outcome: 'UNSURE', detail: `no answer within ${timeoutMs / 1000} s` };
  return { outcome: 'UNSURE', detail: `no answer: ${error.code ?? error.name}` };
}

function refused(detail: string): LinkAnswer {
  return { outcome: 'REFUSED', detail };
}

interface Answer {
  readonly status: number;
  readonly location: string | undefined;
}

/** Some servers know no HEAD, and answer it with whatever comes to their mind. */
async function askPolitely(url: URL, trial: LinkTrial): Promise<Answer> {
  const head = await ask('HEAD', url, trial).catch((error: unknown) => {
    if (isFinal(error as NodeJS.ErrnoException)) throw error;
    return null;
  });
  return head !== null && head.status < 400 ? head : ask('GET', url, trial);
}

/** Whether another method would come to the same. */
function isFinal({ name, code }: NodeJS.ErrnoException): boolean {
  return name === 'PrivateAddressError' || name === 'TimeoutError' || name === 'AbortError' || code === 'ENOTFOUND';
}

async function ask(method: string, url: URL, trial: LinkTrial): Promise<Answer> {
  const { isPrivateAllowed, timeoutMs } = trial;
  // A host that is an address is not looked up.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!isPrivateAllowed && isIP(host) !== 0 && !isPublicAddress(host)) throw new PrivateAddressError();
  return trial.turns.take(url.host, trial.signal, async () => {
    const signal = AbortSignal.any([trial.signal, AbortSignal.timeout(timeoutMs)]);
    return new Promise<Answer>((resolve, reject) => {
      const fail = (error: unknown): void => {
        reject((signal.aborted ? signal.reason : error) as Error);
      };
      const request = (url.protocol === 'https:' ? requestSecure : requestPlain)(
        { ...partsOf(url), method, agent: false, signal, ...(isPrivateAllowed ? {} : { lookup: lookupPublic }) },
        (response: IncomingMessage) => {
          resolve({ status: response.statusCode ?? 0, location: response.headers.location });
          response.destroy();
        },
      );
      request.on('error', fail);
      request.end();
    });
  });
}

/** What a request is made of: of names and passwords in an address, nothing. */
function partsOf({ hostname, port, pathname, search }: URL): Record<string, unknown> {
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    ...(port === '' ? {} : { port }),
    path: `${pathname}${search}`,
    headers: { 'user-agent': USER_AGENT, accept: '*/*' },
  };
}
