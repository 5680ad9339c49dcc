import type { FastifyRequest } from 'fastify';
import { HttpProblem } from './http-problem.js';
import { hashOfDocument, type PersistedDocuments } from './persisted-documents.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** A document to be kept for those who ask by its hash, once it has been found valid. */
    documentToRegister: { readonly hash: string; readonly text: string } | null;
  }
}

/** How a request names its document: Apollo's way is a handshake, in which not to be known is no failure. */
interface Named {
  readonly id: string;
  readonly isHandshake: boolean;
}

/** Names for a document's id, the standard's first. Source: GraphQL over HTTP, appendix A; Relay, persisted queries. */
const ID_PARAMETERS = ['documentId', 'id', 'doc_id'];

/**
 * Puts the text of the document that a request names by an id in its place, so that whatever follows sees a plain
 * request. Null when the request can go on; else the problem to answer with.
 */
export function takeDocument(
  request: FastifyRequest,
  documents: PersistedDocuments,
  onlyTrusted: boolean,
): HttpProblem | null {
  const sent = (request.method === 'GET' ? request.query : request.body) as Record<string, unknown> | null;
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return onlyTrusted ? NOT_TRUSTED : null;
  const named = namedBy(sent);
  if (named instanceof HttpProblem) return named;
  const { query } = sent;
  if (named === null) {
    if (!onlyTrusted) return null;
    // A text that is trusted may be sent in full: it says no more than its id.
    if (typeof query !== 'string' || !isTrusted(query, documents)) return NOT_TRUSTED;
    writeDocument(request, sent, query);
    return null;
  }
  const known = onlyTrusted ? documents.findTrusted(named.id) : documents.find(named.id);
  if (typeof query === 'string' && query !== '')
    return takeBoth(request, sent, named, query, known, documents, onlyTrusted);
  if (known === undefined) return onlyTrusted ? NOT_TRUSTED : notFound(named, documents);
  // What an id stands for may be forgotten: the request is not remembered by its bytes.
  request.sent = null;
  writeDocument(request, sent, known);
  return null;
}

/** A request with an id and a text: they must agree, and the text is kept for those who ask by the id. */
function takeBoth(
  request: FastifyRequest,
  sent: Record<string, unknown>,
  { id }: Named,
  query: string,
  known: string | undefined,
  documents: PersistedDocuments,
  onlyTrusted: boolean,
): HttpProblem | null {
  // What is remembered, or answered from a cache, would not be registered again when it is forgotten.
  request.sent = null;
  request.answerKey = null;
  if (known === query) {
    writeDocument(request, sent, query);
    return null;
  }
  if (known !== undefined || hashOfDocument(query) !== id) return MISMATCH;
  if (onlyTrusted) return NOT_TRUSTED;
  if (documents.takesMore) request.documentToRegister = { hash: id, text: query };
  writeDocument(request, sent, query);
  return null;
}

/**
 * The text of the document that a subscription asks for, in full or by an id of one that is known; else the problem to
 * answer with. Nothing is registered by it.
 */
export function textOfDocument(
  sent: Record<string, unknown>,
  documents: PersistedDocuments,
  onlyTrusted: boolean,
): string | HttpProblem {
  const named = namedBy(sent);
  if (named instanceof HttpProblem) return named;
  const query = typeof sent.query === 'string' ? sent.query : '';
  if (named === null) return !onlyTrusted || isTrusted(query, documents) ? query : NOT_TRUSTED;
  const known = onlyTrusted ? documents.findTrusted(named.id) : documents.find(named.id);
  if (query === '') return known ?? (onlyTrusted ? NOT_TRUSTED : notFound(named, documents));
  if (known === query) return query;
  if (known !== undefined || hashOfDocument(query) !== named.id) return MISMATCH;
  return onlyTrusted ? NOT_TRUSTED : query;
}

function isTrusted(query: string, documents: PersistedDocuments): boolean {
  return documents.findTrusted(hashOfDocument(query)) !== undefined;
}

function namedBy(sent: Record<string, unknown>): Named | HttpProblem | null {
  for (const parameter of ID_PARAMETERS) {
    const id = sent[parameter];
    if (id == null) continue;
    if (typeof id !== 'string' || id === '') return new HttpProblem(400, `The ${parameter} must be a text.`);
    return { id: id.replace(/^sha256:/, ''), isHandshake: false };
  }
  const persisted = extensionsOf(sent)?.persistedQuery;
  if (persisted == null) return null;
  const { version, sha256Hash } = persisted as { readonly version?: unknown; readonly sha256Hash?: unknown };
  if (version !== 1) return new HttpProblem(400, 'The version of a persisted query must be 1.');
  if (typeof sha256Hash !== 'string' || sha256Hash === '') {
    return new HttpProblem(400, 'The sha256Hash of a persisted query must be a text.');
  }
  return { id: sha256Hash, isHandshake: true };
}

function extensionsOf({ extensions }: Record<string, unknown>): Record<string, unknown> | null {
  let value = extensions;
  if (typeof value === 'string') {
    try {
      value = JSON.parse(value);
    } catch {
      return null;
    }
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

/** Makes the request a plain one, with the document's text and without its id. */
function writeDocument(request: FastifyRequest, sent: Record<string, unknown>, text: string): void {
  const { persistedQuery: _taken, ...others } = extensionsOf(sent) ?? {};
  const hasOthers = Object.keys(others).length > 0;
  const plain: Record<string, unknown> = { query: text };
  for (const parameter of ['operationName', 'variables']) {
    if (parameter in sent) plain[parameter] = sent[parameter];
  }
  if (request.method !== 'GET') {
    request.body = hasOthers ? { ...plain, extensions: others } : plain;
    return;
  }
  if (hasOthers) plain.extensions = JSON.stringify(others);
  request.query = plain;
  // Apollo reads the address itself.
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(plain)) {
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  request.raw.url = `${request.url.split('?', 1)[0] ?? ''}?${search.toString()}`;
}

function notFound({ isHandshake }: Named, { takesMore }: PersistedDocuments): HttpProblem {
  if (isHandshake && !takesMore) {
    return new HttpProblem(200, 'PersistedQueryNotSupported', {}, 'PERSISTED_QUERY_NOT_SUPPORTED');
  }
  // These words, and 200, are what clients of Apollo's protocol look for.
  if (isHandshake) return new HttpProblem(200, 'PersistedQueryNotFound', {}, 'PERSISTED_QUERY_NOT_FOUND');
  return new HttpProblem(404, 'No document has this id.', {}, 'PERSISTED_QUERY_NOT_FOUND');
}

const MISMATCH = new HttpProblem(400, 'The text of the query is not the one that its id stands for.');

const NOT_TRUSTED = new HttpProblem(
  403,
  'This server answers trusted documents only; this is none of them.',
  {},
  'DOCUMENT_NOT_TRUSTED',
);

/** Keeps the document that a request brought for those who ask by its hash: it has been found valid, and within the limits. */
export function registerDocument(request: FastifyRequest, documents: PersistedDocuments): void {
  const { documentToRegister } = request;
  if (documentToRegister !== null) documents.register(documentToRegister.hash, documentToRegister.text);
}
