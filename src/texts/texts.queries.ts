import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { LanguageTag } from '../common/language-tag.js';
import type { PassageDiff } from './diff-texts.js';
import { readRevisions } from './read-revisions.js';
import { loadTextWork } from './text-work.js';
import { readSheet, type TranslationSheet } from './translation-sheet.js';

/** A revision as lists show it. */
export interface RevisionSummary {
  readonly id: string;
  readonly number: number;
  readonly headline: string;
  /** Why it was made. */
  readonly reason: string;
  /** Null where an import has made it. */
  readonly madeById: string | null;
  readonly madeBy: string | null;
  readonly createdAt: Date;
}

/** What is otherwise between two revisions of one text. */
export interface RevisionDiff {
  readonly passages: readonly PassageDiff[];
  /** Safe to put into a page. */
  readonly html: string;
}

/** Reads of texts at the desk: their revisions, and what of them is out of date. */
@Injectable()
export class TextsQueries {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The revisions of a text, the newest first: those below a number, as many as `first`. */
  async listRevisions(translationId: string, first: number, below: number | null = null): Promise<RevisionSummary[]> {
    return this.dataSource.manager.query<RevisionSummary[]>(REVISIONS, [translationId, first, below]);
  }

  /** What is otherwise between two revisions of one text, whichever is older; null where they are not of one. */
  async diffRevisions(fromId: string, toId: string): Promise<RevisionDiff | null> {
    const revisions = await readRevisions(this.dataSource.manager, [fromId, toId]);
    const [from, to] = [revisions.get(fromId), revisions.get(toId)];
    if (from === undefined || from.translationId !== to?.translationId) return null;
    const { diffTexts, writeDiffHtml } = await loadTextWork();
    const passages = diffTexts(from, to);
    return { passages, html: writeDiffHtml(passages) };
  }

  /** A translation beside its source; null for an original, and where there is no such text. */
  async findSheet(translationId: string): Promise<TranslationSheet | null> {
    return readSheet(this.dataSource.manager, translationId);
  }

  /** How many texts of each language are out of date; languages without any are left out. */
  async countOutdated(): Promise<ReadonlyMap<LanguageTag, number>> {
    const rows = await this.dataSource.manager.query<{ language: LanguageTag; texts: number }[]>(
      'select language, count(*)::int as texts from desk.outdated_text group by language order by language collate "C"',
    );
    return new Map(rows.map(({ language, texts }) => [language, texts]));
  }
}

const REVISIONS = `
select id, number, headline, reason, made_by_id as "madeById", made_by as "madeBy", created_at as "createdAt"
from desk.revision where translation_id = $1 and ($3::integer is null or number < $3) order by number desc limit $2`;
