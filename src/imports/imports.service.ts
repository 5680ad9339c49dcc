import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, In } from 'typeorm';
import { AuditTrail } from '../accounts/audit/audit-trail.js';
import { ArticleEntity } from '../articles/article.entity.js';
import { ArticlesQueries } from '../articles/articles.queries.js';
import { DocumentImporter } from '../documents/import-documents.js';
import type { Incoming, IncomingDocument } from '../reading/door/incoming-document.js';
import { knowledgeName, type KnowledgeSource } from '../reading/reading-knowledge.js';
import { EditionsService } from '../editions/editions.service.js';
import { type DeskTransactions, forGood, toSee } from './desk-transactions.js';
import { type ImportedDocument, ImportRun, type ImportOptions } from './import-run.js';
import { PendingReissueEntity } from './pending-reissue.entity.js';
import { BATCH, passOverKnown, type Settled, sizeOf } from './pass-over-known.js';
import { readAhead } from './read-ahead.js';
import type { ReadResult } from './read-incoming.js';
import { type DocumentReading, readHere, readInThreads } from './reading-pool.js';
import { apartFromRecords, type IncomingOne } from './exports/records-apart.js';
import { RecordsImporter } from './exports/records-importer.js';
import { refusalOf } from './refusal-of.js';
import { ImportUndoer, type UndoneImport } from './undo-import.js';

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

/** What came in, read or not. */
type ReadIncoming = { readonly read: ReadResult } | Settled;

/** Brings documents in: read, planned, applied, published and told, batch by batch. */
@Injectable()
export class ImportsService {
  private readonly logger = new Logger('Imports');

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly importer: DocumentImporter,
    private readonly articles: ArticlesQueries,
    private readonly editions: EditionsService,
    private readonly undoer: ImportUndoer,
    private readonly records: RecordsImporter,
    private readonly trail: AuditTrail,
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
    const run = new ImportRun(desk, this.importer, this.articles, this.editions, this.trail, options, onFault);
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
        // With publishing, what waits at the desk has its turn too.
        const unknown = options.isPublishing
          ? stretch.others
          : passOverKnown(desk, this.editions, stretch.others, readWith);
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
      desk.inTransaction((manager, isRepeated) => this.undoer.undo(manager, number, isLeavingBuiltUpon, isRepeated)),
    );
  }

  /**
   * Notes that editions show reference data that has changed, within the caller's transaction. Where there is no article
   * yet, no edition can.
   */
  async requestReissue(manager: EntityManager, reason: string): Promise<void> {
    if (await manager.exists(ArticleEntity)) await manager.insert(PendingReissueEntity, { reason });
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

type WithoutDocument = Exclude<IncomingOne, { document: IncomingDocument }>;

function settledOf(incoming: WithoutDocument): ImportedDocument {
  const { path } = incoming;
  if ('refusal' in incoming) return { path, outcome: 'refused', refusal: incoming.refusal };
  return { path, outcome: 'passed over', reason: incoming.passedOver };
}
