import { Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Finding } from '../articles/finding.js';
import { ColophonError } from '../common/colophon-error.js';
import type { SeedOutcome } from '../common/seed-outcome.js';
import { DatabaseTimeoutError, DatabaseUnavailableError } from '../database/database-errors.js';
import { LONGEST_NAME, NameTooLongError } from '../database/name-length.js';
import { inTransaction } from '../database/transaction.js';
import { DocumentRefused } from '../documents/document-refused.js';
import { DocumentImporter } from '../documents/import-document.js';
import { readDocument } from '../documents/read-document.js';
import type { ReadingKnowledge } from '../documents/read-page.js';
import type { Refusal } from '../documents/reading.js';
import { moveToSource, refileArticles } from '../documents/refile-articles.js';
import { EditionsService, type Published } from '../editions/editions.service.js';
import { PublishersService } from '../publishers/publishers.service.js';
import { SourcesService } from '../sources/sources.service.js';
import { TaxonomyService } from '../taxonomy/taxonomy.service.js';
import { nameOf, readDocumentBytes, type SeedFiles } from './seed-files.js';

/** How many of the data files' things were added, changed or left as they were. */
export type SeedCounts = Record<SeedOutcome, number>;

/** What seeding did with one document. */
export type SeededDocument =
  | {
      readonly path: string;
      readonly outcome: 'added' | 'changed' | 'unchanged';
      readonly headline: string;
      readonly publication: Published;
      readonly findings: readonly Finding[];
    }
  | { readonly path: string; readonly outcome: 'refused'; readonly refusal: Refusal }
  /** Our own fault: the log says more. */
  | { readonly path: string; readonly outcome: 'failed' };

/** Brings publishers, sources, terms and documents into the database. Doing it again changes nothing. */
@Injectable()
export class SeedingService {
  private readonly logger = new Logger('Seeds');

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly publishers: PublishersService,
    private readonly sources: SourcesService,
    private readonly taxonomy: TaxonomyService,
    private readonly importer: DocumentImporter,
    private readonly editions: EditionsService,
  ) {}

  /** Makes the reference data what the files say, all of it or nothing. */
  async seedReferences(files: SeedFiles): Promise<SeedCounts> {
    return inTransaction(this.dataSource, async (manager) => {
      // Two at once take turns: each sees what the other has done.
      await manager.query(`select pg_advisory_xact_lock(hashtext('colophon seed references'))`);
      const counts: SeedCounts = { added: 0, changed: 0, unchanged: 0 };
      for (const publisher of files.publishers) counts[await this.publishers.seed(manager, publisher)]++;
      for (const source of files.sources) counts[await this.sources.seed(manager, source, moveToSource)]++;
      for (const { scheme, terms } of files.terms) {
        for (const term of terms) counts[await this.taxonomy.seed(manager, scheme, term, refileArticles)]++;
      }
      return counts;
    });
  }

  /**
   * Imports one document and publishes it if no finding blocks that: both or neither.
   * A document that is refused, or that fails by a fault of ours, changes nothing and is told as such.
   * Throws only when the database is away.
   */
  async seedDocument(path: string, knowledge: ReadingKnowledge): Promise<SeededDocument> {
    try {
      const bytes = await readDocumentBytes(path);
      const reading = readDocument({ path, fileName: nameOf(path), format: 'MARKDOWN', bytes }, knowledge);
      const { headline, language } = reading.article;
      return await inTransaction(this.dataSource, async (manager) => {
        const { outcome, articleId, findings } = await this.importer.import(manager, bytes, reading, (id) =>
          this.editions.isPublished(manager, id),
        );
        // What is there already is a person's to publish; only what it shows of publishers and terms follows the files.
        const publication =
          outcome === 'unchanged'
            ? ((await this.editions.reissue(manager, articleId, 'Reference data changed')) ?? {
                outcome: 'blocked',
                findings,
              })
            : await this.editions.publish(manager, articleId, language, 'Seeded');
        return { path, outcome, headline, publication, findings };
      });
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal !== null) return { path, outcome: 'refused', refusal };
      if (isAway(error)) throw error;
      this.logger.error(error);
      return { path, outcome: 'failed' };
    }
  }
}

/** Why the document is not taken; null where it is not at fault. */
function refusalOf(error: unknown): Refusal | null {
  if (error instanceof DocumentRefused) return error.refusal;
  if (error instanceof NameTooLongError) {
    const expected = `names and labels of at most ${LONGEST_NAME} characters`;
    return { code: 'NAME_TOO_LONG', line: null, expected, found: error.message };
  }
  if (error instanceof ColophonError && error.constructor === ColophonError) {
    return { code: 'DOCUMENT_UNREADABLE', line: null, expected: 'a readable file', found: error.message };
  }
  return null;
}

/** Whether the database is at fault, and not the document. */
function isAway(error: unknown): boolean {
  return error instanceof DatabaseUnavailableError || error instanceof DatabaseTimeoutError;
}
