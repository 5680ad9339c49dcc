import type { EntityManager } from 'typeorm';
import type { LanguageTag } from '../../common/language-tag.js';
import { insertRows } from '../../database/insert-rows.js';
import { placeOf } from '../../editions/edition-text.js';
import { EditionEntity, EditionTextEntity } from '../../editions/edition.entity.js';
import type { EditionContent } from '../../editions/edition-content.js';
import { type FormattedText, formatMarkdown } from '../../editions/markdown-formats.js';
import { type ServedEdition, serveEditions } from '../../editions/serve-editions.js';
import type { ExportedEdition } from './export-records.js';

/** Editions of one article, and which of them readers are to get. */
export interface EditionsToStore {
  /** Those that are not in the record yet. */
  readonly editions: readonly ExportedEdition[];
  readonly served: { readonly edition: ExportedEdition; readonly slugs: readonly string[] } | null;
}

/** An edition with its texts in every format. */
interface FormattedEdition extends ServedEdition {
  readonly issuedAt: string;
}

/**
 * Puts editions of an export into the record, with their numbers and moments, and gives readers those that they got.
 * HTML is never taken from a file: it is written from the Markdown, and so is plain text.
 */
export async function storeExportedEditions(
  manager: EntityManager,
  articles: readonly EditionsToStore[],
): Promise<void> {
  const formatted = articles.map(({ editions, served }) => {
    const formats = new Formats();
    return {
      recorded: editions.map((edition) => formats.format(edition)),
      served: served === null ? null : { edition: formats.format(served.edition), slugs: served.slugs },
    };
  });
  const recorded = formatted.flatMap((article) => article.recorded);
  await insertRows(
    manager,
    EditionEntity,
    recorded.map(({ bodies: _, ...edition }) => edition),
  );
  await insertRows(
    manager,
    EditionTextEntity,
    recorded.flatMap(({ id: editionId, bodies }) =>
      [...bodies].map(([language, { markdown: body, html, plain }]) => ({ editionId, language, body, html, plain })),
    ),
  );
  const served = formatted.flatMap((article) => (article.served === null ? [] : [article.served]));
  await serveEditions(
    manager,
    served.map(({ edition }) => edition),
  );
  if (served.length === 0) return;
  await manager.query(ISSUED_THEN, [served.map(({ edition }) => edition.articleId)]);
  await manager.query(FORMER_SLUGS, [
    served.flatMap(({ slugs }) => slugs),
    served.flatMap(({ edition, slugs }) => slugs.map(() => edition.articleId)),
  ]);
}

const ISSUED_THEN = `
update edition.current_article c set issued_at = e.issued_at
from edition.edition e where e.id = c.edition_id and c.article_id = any ($1)`;

const FORMER_SLUGS = `
insert into edition.article_slug (slug, article_id) select * from unnest($1::text[], $2::uuid[]) on conflict do nothing`;

/** Formats the texts of one article's editions; many have the same. */
class Formats {
  readonly #known = new Map<string, FormattedText>();

  format({ articleId, id, number, reason, issuedAt, content, evidence }: ExportedEdition): FormattedEdition {
    const textsOf: EditionContent['texts'] = content.texts.map(({ body: _, dek, ...text }) => ({
      ...text,
      dek: dek === null ? null : this.#written(articleId, text.language, 'dek', dek),
    }));
    const bodies = new Map(
      content.texts.map(({ language, body }) => [language, this.#written(articleId, language, 'body', body)]),
    );
    return { articleId, id, number, reason, issuedAt, content: { ...content, texts: textsOf }, evidence, bodies };
  }

  #written(articleId: string, language: LanguageTag, part: 'dek' | 'body', markdown: string): FormattedText {
    const key = `${language} ${part} ${markdown}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const written = formatMarkdown(markdown, placeOf({ articleId, language }, part));
    this.#known.set(key, written);
    return written;
  }
}
