import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ArticlesQueries } from '../articles/articles.queries.js';
import { ColophonError } from '../common/colophon-error.js';
import type { SeedOutcome } from '../common/seed-outcome.js';
import { lockImports } from '../documents/import-documents.js';
import type { Incoming } from '../reading/door/incoming-document.js';
import { moveToSource, refileArticles } from '../documents/refile-articles.js';
import { type RunOptions, ImportsService } from '../imports/imports.service.js';
import { PublishersService } from '../publishers/publishers.service.js';
import { SourcesService } from '../sources/sources.service.js';
import { TaxonomyService } from '../taxonomy/taxonomy.service.js';
import type { SeedFiles } from './seed-files.js';

/** How many of the data files' things were added, changed or left as they were. */
export type SeedCounts = Record<SeedOutcome, number>;

/** What is seeded, and how. */
export interface SeedOptions extends Omit<RunOptions, 'knowledge'> {
  readonly files: SeedFiles;
  readonly documents: AsyncIterable<Incoming>;
  /** Whether to see only what would be: nothing stays. */
  readonly isDryRun: boolean;
  /** Hears of the reference data before the documents. */
  readonly tellReferences?: (counts: SeedCounts) => void;
}

/** What seeding did beside the documents, each of which was told. */
export interface SeedSummary {
  readonly references: SeedCounts;
  /** Editions that were issued anew, since they show reference data that has changed. */
  readonly reissued: number;
}

/** Brings publishers, sources, terms and documents into the database. Doing it again changes nothing. */
@Injectable()
export class SeedingService {
  constructor(
    private readonly publishers: PublishersService,
    private readonly sources: SourcesService,
    private readonly taxonomy: TaxonomyService,
    private readonly imports: ImportsService,
    private readonly articles: ArticlesQueries,
  ) {}

  /**
   * Makes the reference data what the files say, imports the documents, and issues the editions anew that show
   * reference data that has changed. Throws DatabaseUnavailableError when the database stays away; what went in
   * before stays, and seeding again goes on from there.
   */
  async seed(options: SeedOptions): Promise<SeedSummary> {
    return this.imports.atDesk(options.isDryRun, async (desk) => {
      const references = await desk.inTransaction((manager) => this.#seedReferences(manager, options.files));
      options.tellReferences?.(references);
      await this.imports.run(desk, options.documents, { ...options, knowledge: options.files });
      return { references, reissued: await this.imports.reissuePending(desk) };
    });
  }

  /** The article that a slug leads to, by its id. Throws ColophonError when there is none. */
  async getArticleId(slug: string): Promise<string> {
    const found = await this.articles.findIdBySlug(slug);
    if (found === null) throw new ColophonError(`No article has the slug ${slug}.`);
    return found;
  }

  /** All of it or nothing. */
  async #seedReferences(manager: EntityManager, files: SeedFiles): Promise<SeedCounts> {
    // Imports and other seedings take turns with it: each sees what the other has done.
    await lockImports(manager);
    const counts: SeedCounts = { added: 0, changed: 0, unchanged: 0 };
    for (const publisher of files.publishers) counts[await this.publishers.seed(manager, publisher)]++;
    for (const source of files.sources) counts[await this.sources.seed(manager, source, moveToSource)]++;
    for (const { scheme, terms } of files.terms) {
      for (const term of terms) counts[await this.taxonomy.seed(manager, scheme, term, refileArticles)]++;
    }
    if (counts.added + counts.changed > 0) await this.imports.requestReissue(manager, 'Reference data changed');
    return counts;
  }
}
