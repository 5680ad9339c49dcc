import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Parsed and checked documents that are kept: a front end has a few dozen. */
const DOCUMENTS_MAX = 300;

/** Longer documents are rare, and would let strangers fill the memory. */
const SOURCE_LENGTH_MAX = 16_384;

/** Keeps the most recently used documents, so that the same query is parsed and checked once. */
export class DocumentStore {
  private readonly documents = new LRUCache<string, DocumentNode>({ max: DOCUMENTS_MAX });

  get(key: string): Promise<DocumentNode | undefined> {
    return Promise.resolve(this.documents.get(key));
  }

  set(key: string, document: DocumentNode): Promise<void> {
    if ((document.loc?.source.body.length ?? 0) <= SOURCE_LENGTH_MAX) this.documents.set(key, document);
    return Promise.resolve();
  }

  delete(key: string): Promise<boolean> {
    return Promise.resolve(this.documents.delete(key));
  }
}
