import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { listFindings } from '../documents/import-documents.js';
import type { IncomingDocument } from '../reading/door/incoming-document.js';
import type { EditionsService } from '../editions/editions.service.js';
import type { DeskTransactions } from './desk-transactions.js';
import type { ImportedDocument, Publication } from './import-run.js';
import type { IncomingOne } from './exports/records-apart.js';

/** Documents that go in together, and their bytes: the database works on one batch while the next is read. */
export const BATCH = { documents: 50, bytes: 4 * 1024 * 1024 };

/** Something that came in, with what is to be told of it already. */
export interface Settled {
  readonly settled: ImportedDocument;
}

/**
 * Passes over documents that are known and were read as they would be read now: they are as they were, and are not
 * read again.
 */
export async function* passOverKnown(
  desk: DeskTransactions,
  editions: EditionsService,
  incoming: AsyncIterable<IncomingOne>,
  readWith: string,
): AsyncGenerator<IncomingOne | Settled> {
  for await (const chunk of inChunks(incoming)) {
    const hashes = chunk.map((one) => ('document' in one ? hashOf(one.document) : null));
    const known = await desk.inTransaction((manager) =>
      listKnown(
        manager,
        editions,
        hashes.filter((hash) => hash !== null),
        readWith,
      ),
    );
    for (const [i, one] of chunk.entries()) {
      const settled = known.get(hashes[i] ?? '');
      yield 'document' in one && settled !== undefined ? { settled: { ...settled, path: one.document.path } } : one;
    }
  }
}

async function listKnown(
  manager: EntityManager,
  editions: EditionsService,
  sha256s: readonly string[],
  readWith: string,
): Promise<Map<string, ImportedDocument>> {
  if (sha256s.length === 0) return new Map();
  const rows = await manager.query<{ sha256: string; articleId: string; headline: string }[]>(KNOWN, [
    sha256s,
    readWith,
  ]);
  const articleIds = rows.map(({ articleId }) => articleId);
  const current = await editions.listCurrentNumbers(manager, articleIds);
  const findings = await listFindings(manager, articleIds);
  return new Map(
    rows.map(({ sha256, articleId, headline }) => {
      const number = current.get(articleId);
      const found = findings.get(articleId) ?? [];
      const publication: Publication =
        number === undefined ? { outcome: 'blocked', findings: found } : { outcome: 'unchanged', number };
      const none = { changes: [], conflicts: [] };
      return [
        sha256,
        { path: '', outcome: 'unchanged', articleId, headline, publication, findings: found, ...none } as const,
      ];
    }),
  );
}

const KNOWN = `
select d.sha256, l.article_id as "articleId", r.article ->> 'headline' as headline
from desk.document d join desk.document_reading r on r.document_id = d.id
join desk.article_document l on l.document_id = d.id
where d.sha256 = any ($1) and r.read_with = $2`;

function hashOf({ bytes }: IncomingDocument): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** As many things as go in together, and no more bytes. */
async function* inChunks(incoming: AsyncIterable<IncomingOne>): AsyncGenerator<IncomingOne[]> {
  let chunk: IncomingOne[] = [];
  let bytes = 0;
  for await (const one of incoming) {
    chunk.push(one);
    bytes += sizeOf(one);
    if (chunk.length < BATCH.documents && bytes < BATCH.bytes) continue;
    yield chunk;
    chunk = [];
    bytes = 0;
  }
  if (chunk.length > 0) yield chunk;
}

export function sizeOf(incoming: IncomingOne | Settled): number {
  return 'document' in incoming ? incoming.document.bytes.length : 0;
}
