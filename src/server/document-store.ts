import type { DocumentNode } from 'graphql';

/** Parsed and checked documents that are kept: a front end has a few dozen. */
const DOCUMENTS_MAX = 300;

/** Longer documents are rare, and would let strangers fill the memory. */
const SOURCE_LENGTH_MAX = 16_384;

/** Keeps the most recently used documents, so that the same query is parsed and checked once. */
export class DocumentStore {
  private readonly documents = new Map<string, DocumentNode>();

  get(key: string): Promise<DocumentNode | undefined> {
    const document = this.documents.get(key);
    if (document) {
      this.documents.delete(key);
      this.documents.set(key, document);
    }
    return Promise.resolve(document);
  }

  set(key: string, document: DocumentNode): Promise<void> {
    if ((document.loc?.source.body.length ?? 0) <= SOURCE_LENGTH_MAX) {
      this.documents.delete(key);
      this.documents.set(key, document);
      const oldest = this.documents.keys().next().value;
      if (this.documents.size > DOCUMENTS_MAX && oldest !== undefined) this.documents.delete(oldest);
    }
    return Promise.resolve();
  }

  delete(key: string): Promise<boolean> {
    return Promise.resolve(this.documents.delete(key));
  }
}
