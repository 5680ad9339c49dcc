import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { TrustedDocument } from './trusted-documents.js';

/** Longer queries are sent each time: one caller is not to take the room of many. */
const TEXT_BYTES_MAX = 65_536;

/** What an entry takes beside its text, about. */
const OVERHEAD_BYTES = 500;

/** The name under which callers know a text that nobody gave a name: its SHA-256, in lower-case hexadecimal. */
export function hashOfDocument(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * The documents that are asked by their ids instead of their texts. Trusted ones stay for good; those that callers
 * register share a room of their own, in which the least recently asked go first.
 */
export class PersistedDocuments {
  readonly #trusted = new Map<string, string>();
  readonly #registered: LRUCache<string, string> | null;

  /** `bytesMax` 0 lets nobody register. Trusted documents are known by their hashes, too. */
  constructor(trusted: readonly TrustedDocument[], bytesMax: number) {
    for (const { id, text } of trusted) this.#trusted.set(id, text).set(hashOfDocument(text), text);
    this.#registered =
      bytesMax === 0
        ? null
        : new LRUCache({
            maxSize: bytesMax,
            maxEntrySize: TEXT_BYTES_MAX + OVERHEAD_BYTES,
            // V8 keeps what is not Latin in two bytes a character.
            sizeCalculation: (text) => 2 * text.length + OVERHEAD_BYTES,
          });
  }

  /** Whether callers may register documents. */
  get takesMore(): boolean {
    return this.#registered !== null;
  }

  find(id: string): string | undefined {
    return this.#trusted.get(id) ?? this.#registered?.get(id);
  }

  findTrusted(id: string): string | undefined {
    return this.#trusted.get(id);
  }

  /** Keeps what was found to be a valid document under its hash. */
  register(hash: string, text: string): void {
    this.#registered?.set(hash, text);
  }
}
