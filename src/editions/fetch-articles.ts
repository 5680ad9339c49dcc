import type { Asker } from '../common/asker.js';
import type { ReadPool, ReadQuery } from '../database/read-pool.js';
import { SentParts, type Wanted, WRITTEN_EDITIONS } from './article-row.js';
import type { Question, WrittenArticle } from './written-articles.js';

/** A row as it is sent; its parts are null where it was written before. Other rows, like a count's, have no edition. */
interface SentRow {
  readonly editionId: string | null;
  parts: string | null | SentParts;
  written?: WrittenArticle | undefined;
  keep?: (written: WrittenArticle) => void;
}

/** The question that a statement asks, which is worked out once for a request that is sent again and again. */
export function questionFor({ shelf, variables }: Wanted, build: () => ReadQuery): Question {
  if (shelf === null) return { values: [], ...build(), key: null };
  let question = shelf.questions.get(variables);
  if (question === undefined) {
    question = shelf.questionOf(build());
    shelf.questions.set(variables, question);
  }
  return question;
}

/**
 * Asks for articles by a statement that selects articleColumns. Which articles they are is asked every time; what the same
 * question was answered with before, and was written, is not sent again. Null rows' columns stay null.
 */
export async function fetchArticles<Row>(
  pool: ReadPool,
  question: Question,
  { parts, shelf }: Wanted,
  asker?: Asker,
): Promise<Row[]> {
  const last = shelf?.answeredWith(question) ?? [];
  const known = new Map<string, WrittenArticle>();
  for (const place of last) {
    const written = shelf?.find(place);
    if (written !== undefined) known.set(place.editionId, written);
  }
  const values = question.values.map((value) => (value === WRITTEN_EDITIONS ? `{${[...known.keys()].join()}}` : value));
  const rows = await pool.query<SentRow>({ ...question, values }, asker);
  const shown: string[] = [];
  for (const row of rows) {
    const { editionId, parts: sent } = row;
    if (editionId === null) continue;
    shown.push(editionId);
    row.parts = new SentParts(parts, typeof sent === 'string' ? sent : null);
    // Another question may have shown it.
    row.written = known.get(editionId) ?? shelf?.findEdition(editionId);
    if (shelf === null || row.written !== undefined) continue;
    row.keep = (written) => {
      shelf.keep(editionId, written);
    };
  }
  const isAsBefore = last.length === shown.length && last.every(({ editionId }, i) => editionId === shown[i]);
  if (!isAsBefore) shelf?.remember(question, shown);
  return rows as Row[];
}
