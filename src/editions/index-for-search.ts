import type { EntityManager } from 'typeorm';
import type { LanguageTag } from '../common/language-tag.js';
import type { EditionContent } from './edition-content.js';

/** Stand around the words found until everything else is escaped: private characters, which no searched text keeps. */
export const MARK_START = '\uE000';
export const MARK_END = '\uE001';

/**
 * As much as is searched of each part, in bytes of UTF-8. A text search vector holds at most 1 MiB of different words,
 * and compounds (`va-et-vient`) are held whole and in their parts. Source: PostgreSQL, Limitations of text search.
 */
const SEARCHED_BYTES = { headline: 2000, dek: 10_000, names: 10_000, body: 200_000 } as const;

/** Lets readers find an edition by the words of its texts. `bodies` are plain. */
export async function indexForSearch(
  manager: EntityManager,
  articleId: string,
  content: EditionContent,
  bodies: ReadonlyMap<LanguageTag, string>,
): Promise<void> {
  const { texts } = content;
  const searched = (part: keyof typeof SEARCHED_BYTES, text: string): string =>
    beginningOf(text.replaceAll(MARK_START, ' ').replaceAll(MARK_END, ' '), SEARCHED_BYTES[part]);
  const languages = texts.map((text) => text.language);
  await manager.query('delete from edition.article_search where article_id = $1 and not language = any ($2)', [
    articleId,
    languages,
  ]);
  await manager.query(INDEX_FOR_SEARCH, [
    articleId,
    languages,
    texts.map((text) => searched('headline', text.headline)),
    texts.map((text) => searched('dek', text.dek?.plain ?? '')),
    texts.map((text) => searched('names', searchNames(content, text.language))),
    texts.map((text) => searched('body', bodies.get(text.language) ?? '')),
  ]);
}

/** The text search configuration of each language is its own; a language without one is split into words only. */
const INDEX_FOR_SEARCH = `
insert into edition.article_search (article_id, language, configuration, headline, dek, names, body)
select $1, language,
  (case split_part(language, '-', 1)
    when 'fr' then 'public.colophon_fr' when 'en' then 'public.colophon_en' else 'public.colophon_simple' end)::regconfig,
  headline, dek, names, body
from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) as t(language, headline, dek, names, body)
on conflict (article_id, language) do update set
  configuration = excluded.configuration, headline = excluded.headline, dek = excluded.dek, names = excluded.names,
  body = excluded.body`;

/** The names by which readers search: who wrote it, where it stood first, what it is filed under. */
function searchNames(content: EditionContent, language: LanguageTag): string {
  const names = [
    ...content.credits.map((credit) => credit.agent.name),
    content.origin.source?.name,
    ...[...content.regions, ...content.themes].flatMap((term) => [term.labels[language], term.rawLabel]),
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
