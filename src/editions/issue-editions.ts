import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import type { LanguageTag } from '../common/language-tag.js';
import { OneStatement } from '../database/one-statement.js';
import { EditionEntity, EditionTextEntity } from './edition.entity.js';
import type { EditionContent } from './edition-content.js';
import type { FormattedText } from './markdown-formats.js';
import type { LastEdition, NextEdition } from './next-edition.js';
import type { ShownEdition } from './refresh-edition.js';
import { type ServedEdition, serveEditions } from './serve-editions.js';

/** What issuing an edition came to: a new one, or the last one still. */
export interface Issued {
  readonly outcome: 'published' | 'unchanged';
  readonly number: number;
}

/** What an article's next edition shows. */
export interface ToIssue extends ShownEdition {
  readonly articleId: string;
  readonly last: LastEdition | null;
  readonly isServed: boolean;
  readonly bodies: ReadonlyMap<LanguageTag, FormattedText>;
}

/** The content with what was put right in the texts that it shows. */
export function withCorrections(
  { corrections: _, ...content }: EditionContent,
  all: NextEdition['corrections'],
): EditionContent {
  const corrections = all.filter((one) => content.texts.some(({ language }) => language === one.language));
  return corrections.length === 0 ? content : { ...content, corrections };
}

/** Issues what is otherwise than in the last edition, and serves it. */
export async function issueEditions(
  manager: EntityManager,
  toIssue: readonly ToIssue[],
  reason: string,
): Promise<Map<string, Issued>> {
  const published = new Map<string, Issued>();
  const issued: ServedEdition[] = [];
  for (const { articleId, last, isServed, bodies, evidence, ...built } of toIssue) {
    const content = JSON.parse(JSON.stringify(built.content)) as EditionContent;
    // What was taken from readers goes to them anew, also as it was.
    if (last !== null && isServed && isDeepStrictEqual([last.content, last.evidence], [content, evidence])) {
      published.set(articleId, { outcome: 'unchanged', number: last.number });
      continue;
    }
    const number = (last?.number ?? 0) + 1;
    issued.push({ id: randomUUID(), articleId, number, reason, content, evidence, bodies });
    published.set(articleId, { outcome: 'published', number });
  }
  const stored = new OneStatement(manager)
    .insert(
      EditionEntity,
      issued.map(({ bodies: _, ...edition }) => edition),
    )
    .insert(
      EditionTextEntity,
      issued.flatMap(({ id: editionId, bodies }) =>
        [...bodies].map(([language, { markdown: body, html, plain }]) => ({ editionId, language, body, html, plain })),
      ),
    );
  await serveEditions(manager, issued, stored);
  return published;
}
