import { createHash } from 'node:crypto';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Shown } from '../common/shown.js';
import { AnswerCache, type KeptAnswer } from './answer-cache.js';
import type { CompiledOperation } from './compile-operation.js';
import type { Variables } from './write-value.js';

/** An operation that was checked and compiled: its text need not be read again. */
export interface KnownOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly compiled: CompiledOperation;
}

/** A request that was checked, as its bytes have it: all that is left is to answer it. */
export interface CheckedRequest {
  readonly known: KnownOperation;
  readonly variables: Variables;
  readonly cost: { readonly asked: number; readonly allowed: number };
}

/** An answer as it goes out, encoded. */
export interface CachedAnswer extends KeptAnswer {
  readonly operationName: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** An answer on its way out: what it shows, and where it may be kept. */
export interface PreparedAnswer {
  readonly shown: Shown;
  readonly operationName: string | null;
  /** The changes that had been told when it was begun. */
  readonly changes: number;
}

/** Operations that are known at one time: a front end has a few dozen. */
const OPERATIONS_MAX = 300;

/** Longer documents are rare, and would let strangers fill the memory. */
const SOURCE_LENGTH_MAX = 16_384;

/** Requests that are known at one time, and the longest of them. */
const REQUESTS_MAX = 1_000;
const REQUEST_LENGTH_MAX = 4_096;

/** What the server remembers of the queries that everybody may ask: how they are answered, and answers. */
export class PublicAnswers {
  readonly cache: AnswerCache<CachedAnswer>;
  readonly #operations = new LRUCache<string, KnownOperation>({ max: OPERATIONS_MAX });

  readonly #requests = new LRUCache<string, CheckedRequest>({ max: REQUESTS_MAX });

  /** `cacheBytesMax` 0 keeps no answers. */
  constructor(cacheBytesMax: number) {
    this.cache = new AnswerCache(cacheBytesMax);
  }

  /** The request of these bytes, if it was checked before. */
  findRequest(sent: string): CheckedRequest | undefined {
    return sent.length > REQUEST_LENGTH_MAX ? undefined : this.#requests.get(sent);
  }

  rememberRequest(sent: string, request: CheckedRequest): void {
    if (sent.length <= REQUEST_LENGTH_MAX) this.#requests.set(sent, request);
  }

  findOperation(source: string, operationName: string | null): KnownOperation | undefined {
    return source.length > SOURCE_LENGTH_MAX ? undefined : this.#operations.get(operationKey(source, operationName));
  }

  rememberOperation(source: string, operationName: string | null, operation: KnownOperation): void {
    if (source.length <= SOURCE_LENGTH_MAX) this.#operations.set(operationKey(source, operationName), operation);
  }
}

function operationKey(source: string, operationName: string | null): string {
  return operationName === null ? source : `${operationName}\n${source}`;
}

/** A short text that is another for every other body. */
export function entityTag(body: string | Buffer): string {
  return `W/"${createHash('sha1').update(body).digest('base64url')}"`;
}
