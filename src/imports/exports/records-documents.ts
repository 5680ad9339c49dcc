import { createHash, randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { insertRows } from '../../database/insert-rows.js';
import { DocumentEntity, DocumentPartEntity, DocumentReadingEntity } from '../../documents/document.entity.js';
import { DocumentRefused } from '../../reading/document-refused.js';
import { clearReadings } from '../../documents/store-documents.js';
import type { ExportedDocument } from './export-records.js';
import type { IdMap } from './records-ids.js';

/** A line that holds a document. */
export interface DocumentLine {
  readonly line: number;
  readonly record: ExportedDocument;
}

/**
 * Brings documents in within the caller's transaction. Bytes that are there stay as they are; what they were read as
 * too, as long as they bring an article here. Throws DocumentRefused at bytes that are not those of their SHA-256.
 */
export async function storeExportedDocuments(
  manager: EntityManager,
  lines: readonly DocumentLine[],
  ids: IdMap,
): Promise<void> {
  if (lines.length === 0) return;
  const known = await manager.query<{ id: string; sha256: string; isBringing: boolean }[]>(KNOWN, [
    lines.map(({ record }) => record.sha256),
    lines.map(({ record }) => record.id),
  ]);
  const added: { id: string; record: ExportedDocument; bytes: Buffer }[] = [];
  const readAnew: { id: string; record: ExportedDocument }[] = [];
  for (const { line, record } of lines) {
    const bytes = Buffer.from(record.bytes, 'base64');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (sha256 !== record.sha256) {
      const expected = `bytes whose SHA-256 is ${record.sha256}`;
      throw new DocumentRefused({ code: 'EXPORT_MALFORMED', line, expected, found: sha256 });
    }
    const stored = known.find((one) => one.sha256 === sha256);
    if (stored === undefined) {
      const id = known.some((one) => one.id === record.id) ? randomUUID() : record.id;
      known.push({ id, sha256, isBringing: false });
      added.push({ id, record, bytes });
      readAnew.push({ id, record });
      ids.map('document', record.id, id);
    } else {
      if (!stored.isBringing) readAnew.push({ id: stored.id, record });
      ids.map('document', record.id, stored.id);
    }
  }
  await insertRows(
    manager,
    DocumentEntity,
    added.map(({ id, record: { sha256, fileName, format, form, receivedAt }, bytes }) => ({
      id,
      sha256,
      bytes: `\\x${bytes.toString('hex')}`,
      sizeBytes: bytes.length,
      fileName,
      format,
      form,
      receivedAt,
    })),
  );
  // Of one document that stands there twice, the last reading holds.
  const readings = [...new Map(readAnew.map((one) => [one.id, one])).values()].filter(
    ({ record }) => record.reading !== null,
  );
  await clearReadings(
    manager,
    readings.map(({ id }) => id),
  );
  await insertRows(
    manager,
    DocumentReadingEntity,
    readings.map(({ id: documentId, record }) => ({ documentId, ...record.reading })),
  );
  await insertRows(
    manager,
    DocumentPartEntity,
    readings.flatMap(({ id: documentId, record }) =>
      record.parts.map(({ start, end, ...part }, position) => ({
        ...part,
        documentId,
        position,
        startOffset: start,
        endOffset: end,
      })),
    ),
  );
}

const KNOWN = `
select d.id, d.sha256, exists (select from desk.article_document l where l.document_id = d.id) as "isBringing"
from desk.document d where d.sha256 = any ($1) or d.id = any ($2)`;
