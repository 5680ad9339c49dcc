import { Injectable, Logger } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In } from 'typeorm';
import { DocumentImporter, listFindings } from '../documents/import-documents.js';
import type { Incoming, IncomingDocument } from '../documents/incoming-document.js';
import { knowledgeName, type KnowledgeSource } from '../documents/reading-knowledge.js';
import { EditionsService } from '../editions/editions.service.js';
import { type DeskTransactions, forGood, toSee } from './desk-transactions.js';
import { type ImportedDocument, ImportRun, type ImportOptions, type Publication } from './import-run.js';
import { PendingReissueEntity } from './pending-reissue.entity.js';
import { readAhead } from './read-ahead.js';
import type { ReadResult } from './read-incoming.js';
import { type DocumentReading, readHere, readInThreads } from './reading-pool.js';
import { apartFromRecords, type IncomingOne } from './records-apart.js';
import { RecordsImporter } from './records-importer.js';
import { refusalOf } from './refusal-of.js';
import { ImportUndoer, type UndoneImport } from './undo-import.js';

/** Documents that go in together, and their bytes: the database works on one batch while the next is read. */
const BATCH = { documents: 50, bytes: 4 * 1024 * 1024 };

/** Documents that are read ahead of those that go in. */
const AHEAD = { things: 2 * BATCH.documents, bytes: 4 * BATCH.bytes };

/** Articles whose editions are issued anew in one transaction. */
const REISSUED_AT_ONCE = 50;

/** How a run imports, and where it tells. */
export interface RunOptions extends ImportOptions {
  readonly knowledge: KnowledgeSource;
  /** Whether documents are read in threads of their own: worth it for many of them. */
  readonly isThreaded: boolean;
  /** Hears of each document, in their order. */
  readonly tell: (document: ImportedDocument) => void;
}

/** A run for people. */
export interface ListedRun {
  readonly number: number;
  readonly inputs: readonly string[];
  readonly startedAt: Date;
  /** Null while it runs, and where it was cut off. */
  readonly finishedAt: Date | null;
  readonly undoneAt: Date | null;
  readonly added: number;
  readonly changed: number;
  /** Articles that were left as they were when the run was taken back: they had been built upon. */
  readonly left: number;
}

const RUNS = `
select r.number, r.inputs, r.started_at as "startedAt", r.finished_at as "finishedAt", r.undone_at as "undoneAt",
  (select count(*)::int from desk.import_item i where i.run_id = r.id and i.outcome = 'ADDED') as added,
  (select count(*)::int from desk.import_item i where i.run_id = r.id and i.outcome = 'CHANGED') as changed,
  coalesce((r.counts ->> 'left')::int, 0) as left
from desk.import_run r order by r.number desc limit $1`;

/** Something that came in, with what is to be told of it already. */
interface Settled {
  readonly settled: ImportedDocument;
}

/** What came in, read or not. */
type ReadIncoming = { readonly read: ReadResult } | Settled;

/** Brings documents in: read, planned, applied, published and told, batch by batch. */
@Injectable()
export class ImportsService {
  private readonly logger = new Logger('Imports');

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly importer: DocumentImporter,
    private readonly editions: EditionsService,
    private readonly undoer: ImportUndoer,
    private readonly records: RecordsImporter,
  ) {}

  /**
   * Does the work at the desk, for good or to see what would be. Throws DatabaseUnavailableError when the database
   * stays away for a minute.
   */
  async atDesk<T>(isDryRun: boolean, work: (desk: DeskTransactions) => Promise<T>): Promise<T> {
    if (isDryRun) return toSee(this.dataSource, work);
    return work(
      forGood(this.dataSource, () => {
        this.logger.warn('The database is away. Waiting for it, up to a minute.');
      }),
    );
  }

  /** Imports what comes in, in batches. A document that is refused or fails changes nothing, and is told as such. */
  async run(desk: DeskTransactions, incoming: AsyncIterable<Incoming>, options: RunOptions): Promise<void> {
    const onFault = (error: unknown): void => {
      this.logger.error(error);
    };
    const run = new ImportRun(desk, this.importer, this.editions, options, onFault);
    const counts: Record<string, number> = {};
    const tell = (document: ImportedDocument): void => {
      counts[document.outcome] = (counts[document.outcome] ?? 0) + 1;
      options.tell(document);
    };
    const readWith = knowledgeName(options.knowledge);
    const reading = options.isThreaded ? readInThreads(options.knowledge) : readHere(options.knowledge);
    try {
      let batch: ReadIncoming[] = [];
      let bytes = 0;
      const flush = async (): Promise<void> => {
        const documents = batch.flatMap((one) => ('read' in one ? [one.read] : []));
        const imported = await run.importBatch(documents);
        for (const one of batch) {
          const told = 'settled' in one ? one.settled : imported.shift();
          if (told !== undefined) tell(told);
        }
        batch = [];
        bytes = 0;
      };
      for await (const stretch of apartFromRecords(incoming)) {
        if ('records' in stretch) {
          await this.records.import(stretch, { desk, run, tell, onFault });
          continue;
        }
        const unknown = this.#passOverKnown(desk, stretch.others, readWith);
        for await (const one of readAhead(unknown, sizeOf, (thing) => this.#read(thing, reading, readWith), AHEAD)) {
          batch.push(one);
          bytes += 'read' in one ? one.read.bytes.length : 0;
          if (batch.length >= BATCH.documents || bytes >= BATCH.bytes) await flush();
        }
        await flush();
      }
    } finally {
      await reading.close();
    }
    await run.finish(counts);
  }

  /** The latest runs first, with what they did; `limit` of them. */
  async listRuns(limit: number): Promise<ListedRun[]> {
    return this.dataSource.query<ListedRun[]>(RUNS, [limit]);
  }

  /** Takes a run back, as `ImportUndoer.undo` does, in a transaction of its own. */
  async undo(number: number, isLeavingBuiltUpon: boolean): Promise<UndoneImport> {
    return this.atDesk(false, (desk) =>
      desk.inTransaction((manager) => this.undoer.undo(manager, number, isLeavingBuiltUpon)),
    );
  }

  /** Notes that editions show reference data that has changed, within the caller's transaction. */
  async requestReissue(manager: EntityManager, reason: string): Promise<void> {
    await manager.insert(PendingReissueEntity, { reason });
  }

  /**
   * Issues the editions anew that show reference data that has changed, also what an earlier run was cut off in.
   * Gives how many were issued.
   */
  async reissuePending(desk: DeskTransactions): Promise<number> {
    const pending = await desk.inTransaction((manager) =>
      manager.find(PendingReissueEntity, { order: { requestedAt: 'ASC' } }),
    );
    const [first] = pending;
    if (first === undefined) return 0;
    let issued = 0;
    for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
      const ids = await desk.inTransaction(async (manager) => {
        const articleIds = await this.editions.listCurrent(manager, after, REISSUED_AT_ONCE);
        const published = await this.editions.reissueAll(manager, articleIds, first.reason);
        issued += [...published.values()].filter(({ outcome }) => outcome === 'published').length;
        return articleIds;
      });
      const last = ids.at(-1);
      if (last === undefined) break;
      after = last;
    }
    await desk.inTransaction((manager) =>
      manager.delete(PendingReissueEntity, { id: In(pending.map(({ id }) => id)) }),
    );
    return issued;
  }

  /**
   * Passes over documents that are known and were read as they would be read now: they are as they were, and are not
   * read again.
   */
  async *#passOverKnown(
    desk: DeskTransactions,
    incoming: AsyncIterable<IncomingOne>,
    readWith: string,
  ): AsyncGenerator<IncomingOne | Settled> {
    for await (const chunk of inChunks(incoming)) {
      const hashes = chunk.map((one) => ('document' in one ? hashOf(one.document) : null));
      const known = await desk.inTransaction((manager) =>
        this.#listKnown(
          manager,
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

  async #listKnown(
    manager: EntityManager,
    sha256s: readonly string[],
    readWith: string,
  ): Promise<Map<string, ImportedDocument>> {
    if (sha256s.length === 0) return new Map();
    const rows = await manager.query<{ sha256: string; articleId: string; headline: string }[]>(KNOWN, [
      sha256s,
      readWith,
    ]);
    const articleIds = rows.map(({ articleId }) => articleId);
    const current = await this.editions.listCurrentNumbers(manager, articleIds);
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

  async #read(incoming: IncomingOne | Settled, reading: DocumentReading, readWith: string): Promise<ReadIncoming> {
    if ('settled' in incoming) return incoming;
    if (!('document' in incoming)) return { settled: settledOf(incoming) };
    const { document } = incoming;
    const { path, bytes } = document;
    try {
      return { read: { path, bytes, readWith, ...(await reading.read(document)) } };
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal !== null) return { settled: { path, outcome: 'refused', refusal } };
      this.logger.error(error);
      return { settled: { path, outcome: 'failed' } };
    }
  }
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

type WithoutDocument = Exclude<IncomingOne, { document: IncomingDocument }>;

function settledOf(incoming: WithoutDocument): ImportedDocument {
  const { path } = incoming;
  if ('refusal' in incoming) return { path, outcome: 'refused', refusal: incoming.refusal };
  return { path, outcome: 'passed over', reason: incoming.passedOver };
}

function sizeOf(incoming: IncomingOne | Settled): number {
  return 'document' in incoming ? incoming.document.bytes.length : 0;
}
