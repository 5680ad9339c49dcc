import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';
import { entityTag, type PublicAnswers } from '../answers/public-answers.js';
import type { Shown } from '../common/shown.js';
import type { Config } from '../config.js';

type Encoding = 'br' | 'gzip' | 'identity';

/** Shorter answers fit into one packet: to compress them gains nothing. */
const COMPRESSED_FROM_LENGTH = 1_024;

/** Quick rather than small: what is kept is compressed once, what is not must not wait. */
const compress: Readonly<Record<Exclude<Encoding, 'identity'>, (body: string) => Promise<Buffer>>> = {
  br: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: (body) => promisify(gzip)(body, { level: 5 }),
};

/**
 * Sends an answer that was prepared: with what caches have to know of it, compressed as the reader likes, and kept
 * for who asks the same. Anything else goes out as it is.
 */
export async function deliverAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  answers: PublicAnswers,
  config: Config,
): Promise<unknown> {
  const prepared = request.preparedAnswer;
  if (prepared === null || typeof payload !== 'string' || reply.statusCode !== 200) return payload;
  const headers = answerHeaders(prepared.shown, isForEverybody(request), config);
  if (request.method === 'GET') headers.etag = entityTag(payload);
  const encoding = payload.length < COMPRESSED_FROM_LENGTH ? 'identity' : encodingFor(request);
  const body = encoding === 'identity' ? payload : await compress[encoding](payload);
  if (encoding !== 'identity') headers['content-encoding'] = encoding;
  void reply.headers(headers).removeHeader('content-length');
  keepAnswer(request, reply, body, headers, answers);
  if (!isNotModified(request, headers.etag)) return body;
  void reply.code(304);
  return null;
}

function keepAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  sent: string | Buffer,
  headers: Readonly<Record<string, string>>,
  answers: PublicAnswers,
): void {
  const { answerKey, preparedAnswer } = request;
  if (answerKey === null || preparedAnswer === null || !answers.cache.isOpen) return;
  const { shown, operationName, changes } = preparedAnswer;
  const { isList, articleIds } = shown;
  // Copied: what zlib writes is a part of a larger buffer, that would be kept with it.
  const body = Buffer.from(sent as string);
  const type = String(reply.getHeader('content-type'));
  const kept = {
    sizeBytes: body.length,
    isList,
    articleIds,
    operationName,
    headers: { ...headers, 'content-type': type },
    body,
  };
  answers.cache.keep(answerKey, kept, changes);
}

/** Whether the reader has the very answer already. Source: RFC 9110, section 13.1.2. */
export function isNotModified({ headers }: Pick<IncomingMessage, 'headers'>, etag: string | undefined): boolean {
  const known = headers['if-none-match'];
  if (etag === undefined || known === undefined) return false;
  const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');
  return known === '*' || known.split(',').some((tag) => opaque(tag) === opaque(etag));
}

/** Whether caches in front may keep the answer: it was asked for by an address, and by nobody in particular. */
function isForEverybody({ method, headers }: FastifyRequest): boolean {
  return method === 'GET' && headers.authorization === undefined && headers.cookie === undefined;
}

/** So many articles are named to caches; a longer answer is dropped whenever anything is published. */
const NAMED_ARTICLES_MAX = 200;

/** What caches in front of the server, and readers, are told of an answer besides its data. */
function answerHeaders(shown: Shown, isShared: boolean, config: Config): Record<string, string> {
  const { languages, articleIds, isList, dependsOnAcceptLanguage } = shown;
  const areNamed = articleIds.size <= NAMED_ARTICLES_MAX;
  const keys = [
    ...(isList || !areNamed ? ['articles'] : []),
    ...(areNamed ? [...articleIds].map((id) => `article-${id}`) : []),
  ];
  return {
    vary: [
      'Accept, Accept-Encoding',
      ...(dependsOnAcceptLanguage ? ['Accept-Language'] : []),
      // Which page may read it stands in a header of its own.
      ...(config.corsOrigins.length > 0 ? ['Origin'] : []),
    ].join(', '),
    'cache-control': isShared
      ? `public, max-age=0, s-maxage=${config.sharedCacheSeconds}, stale-while-revalidate=${config.staleSeconds}`
      : 'no-store',
    ...(languages.size > 0 ? { 'content-language': [...languages].join(', ') } : {}),
    ...(isShared && keys.length > 0 ? { 'surrogate-key': keys.join(' ') } : {}),
  };
}

/** Browsers like all that they name alike, and name gzip first: of those, the smallest is taken. */
const OFFERED: readonly Encoding[] = ['br', 'gzip', 'identity'];

/** What the package's types leave out. */
interface PreferringNegotiator extends Negotiator {
  encodings(available?: readonly string[], options?: { readonly preferred: readonly string[] }): Encoding[];
}

const encodings = new LRUCache<string, Encoding>({ max: 200 });

/** The encoding in which a reader likes an answer best. */
export function encodingFor({ headers }: Pick<IncomingMessage, 'headers'>): Encoding {
  const accepted = headers['accept-encoding'];
  if (typeof accepted !== 'string' || accepted.length > 500) return 'identity';
  let encoding = encodings.get(accepted);
  if (encoding === undefined) {
    const negotiator = new Negotiator({ headers: { 'accept-encoding': accepted } }) as PreferringNegotiator;
    const [best] = negotiator.encodings(OFFERED, { preferred: OFFERED });
    encoding = best ?? 'identity';
    encodings.set(accepted, encoding);
  }
  return encoding;
}
