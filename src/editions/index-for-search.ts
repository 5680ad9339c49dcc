import type { EntityManager } from 'typeorm';
import type { LanguageTag } from '../common/language-tag.js';
import type { EditionContent } from './edition-content.js';
import type { ServedEdition } from './serve-editions.js';

/** Stand around the words found until everything else is escaped: private characters, which no searched text keeps. */
export const MARK_START = '\uE000';
export const MARK_END = '\uE001';

/**
 * As much as is searched of each part, in bytes of UTF-8. A text search vector holds at most 1 MiB of different words,
 * and compounds (`va-et-vient`) are held whole and in their parts. Source: PostgreSQL, Limitations of text search.
 */
const SEARCHED_BYTES = { headline: 2000, dek: 10_000, names: 10_000, body: 200_000 } as const;

/** Lets readers find editions by the words of their texts. */
export async function indexForSearch(manager: EntityManager, editions: readonly ServedEdition[]): Promise<void> {
  const searched = (part: keyof typeof SEARCHED_BYTES, text: string): string =>
    beginningOf(text.replaceAll(MARK_START, ' ').replaceAll(MARK_END, ' '), SEARCHED_BYTES[part]);
  const rows = editions.flatMap(({ articleId, content, bodies }) =>
    content.texts.map((text) => ({
      article_id: articleId,
      language: text.language,
      headline: searched('headline', text.headline),
      dek: searched('dek', text.dek?.plain ?? ''),
      names: searched('names', searchNames(content, text.language)),
      body: searched('body', bodies.get(text.language)?.plain ?? ''),
    })),
  );
  await manager.query('delete from edition.article_search where article_id = any ($1)', [
    editions.map(({ articleId }) => articleId),
  ]);
  await manager.query(INDEX_FOR_SEARCH, [JSON.stringify(rows)]);
}

/** The text search configuration of each language is its own; a language without one is split into words only. */
const INDEX_FOR_SEARCH = `
insert into edition.article_search (article_id, language, configuration, headline, dek, names, body)
select article_id, language,
  (case split_part(language, '-', 1)
    when 'fr' then 'public.colophon_fr' when 'en' then 'public.colophon_en' else 'public.colophon_simple' end)::regconfig,
  headline, dek, names, body
from jsonb_to_recordset($1::jsonb) as t(
  article_id uuid, language text, headline text, dek text, names text, body text)`;

/** The names by which readers search: who wrote it, where it stood first, what it is filed under. */
function searchNames(content: EditionContent, language: LanguageTag): string {
  const names = [
    ...content.credits.map((credit) => credit.agent.name),
    content.origin.source?.name,
    ...[...content.regions, ...content.themes, ...content.reports].flatMap((term) => [
      term.labels[language],
      term.rawLabel,
    ]),
  ];
  return [...new Set(names.filter((name) => name !== undefined))].join(' ; ');
}

/** The beginning of a text, cut between words; within one only where there is no other place. */
export function beginningOf(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return text;
  let end = maxBytes;
  // A byte 10xxxxxx goes on with the character that began before it.
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  const beginning = bytes.toString('utf8', 0, end);
  let cut = beginning.length;
  while (cut > 0 && !/\s/.test(beginning.charAt(cut - 1))) cut -= 1;
  return cut > 0 ? beginning.slice(0, cut).trimEnd() : beginning;
}
