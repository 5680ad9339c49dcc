import type { EntityManager } from 'typeorm';
import type { LanguageTag } from '../common/language-tag.js';
import { firstDayOf } from '../common/partial-date.js';
import { OneStatement } from '../database/one-statement.js';
import { CurrentArticleEntity } from './edition.entity.js';
import { type EditionContent, type EditionEvidence, servedContent } from './edition-content.js';
import { announceChanges, announceOtherwise, type ChangedArticle } from './edition-changes.js';
import { factsOf } from './facts.js';
import { indexForSearch } from './index-for-search.js';
import type { FormattedText } from './markdown-formats.js';
import { placeOf } from './place.js';
import { type ListedEdition, showInLists } from './show-in-lists.js';
import { showReferences } from './show-references.js';

/** An edition that was just issued, with the bodies of its texts. */
export interface ServedEdition {
  readonly id: string;
  readonly articleId: string;
  readonly number: number;
  readonly reason: string;
  readonly content: EditionContent;
  readonly evidence: readonly EditionEvidence[];
  readonly bodies: ReadonlyMap<LanguageTag, FormattedText>;
}

/**
 * Makes editions the ones that readers get: their rows, slugs, references and search words. `stored` may hold what has to be
 * written before, such as the editions themselves.
 */
export async function serveEditions(
  manager: EntityManager,
  editions: readonly ServedEdition[],
  stored = new OneStatement(manager),
): Promise<void> {
  if (editions.length === 0) return;
  const articleIds = editions.map(({ articleId }) => articleId);
  const listed = editions.map(({ articleId, content }): ListedEdition => {
    const place = placeOf(firstDayOf(content.publishedOn), articleId);
    return { articleId, place, content, ...factsOf(content) };
  });
  await takeFromEverywhere(stored, articleIds);
  const shown = new OneStatement(manager).insert(
    CurrentArticleEntity,
    editions.map(({ id: editionId, articleId, number, content }, i) => ({
      articleId,
      editionId,
      number,
      publishedOn: firstDayOf(content.publishedOn),
      originOn: content.origin.publishedOn === null ? null : firstDayOf(content.origin.publishedOn),
      place: listed[i]?.place,
      facts: listed[i]?.facts,
      languages: listed[i]?.languages.languages,
      originalLanguage: content.originalLanguage,
      publisherLanguage: listed[i]?.languages.publisherLanguage,
      kind: content.kind,
      publishedDate: content.publishedOn,
      pageLanguage: content.pageLanguage,
      publisherTag: content.publisher.language,
      ...servedContent(content),
    })),
    { name: CURRENT },
  );
  showInLists(shown, listed);
  showReferences(shown, editions);
  shown.add(serveSlugs(shown.value(articleIds)));
  indexForSearch(shown, editions, CURRENT);
  await shown.run(announceChanges(manager, shown, editions, 'published'));
}

/** Takes articles from readers: their rows, references and search words. Their slugs lead nowhere then. */
export async function stopServing(manager: EntityManager, articleIds: readonly string[]): Promise<void> {
  const withdrawn = await takeFromEverywhere(new OneStatement(manager), articleIds);
  await manager.query('delete from edition.article_slug where article_id = any ($1)', [articleIds]);
  // What readers never got is not told of.
  const told = new OneStatement(manager);
  await told.run(announceChanges(manager, told, withdrawn, 'withdrawn'));
}

/**
 * Takes an article from readers that is to answer that it was withdrawn: every slug that it ever had for them leads to
 * it, also where they no longer had it. They are told of it either way, since there is a reason now.
 */
export async function serveTombstone(manager: EntityManager, articleId: string, lastEdition: number): Promise<void> {
  await takeFromEverywhere(new OneStatement(manager), [articleId]);
  const told = new OneStatement(manager);
  told.add(serveSlugs(told.value([articleId])));
  await told.run(announceChanges(manager, told, [{ articleId, number: lastEdition }], 'withdrawn'));
}

/** Has an article that readers do not get no longer answer that it was withdrawn: its slugs lead nowhere. */
export async function forgetTombstone(manager: EntityManager, articleId: string): Promise<void> {
  const told = new OneStatement(manager);
  told.add(`delete from edition.article_slug where article_id = ${told.value(articleId)}`);
  await told.run(announceOtherwise(manager, told, [articleId]));
}

/** Takes articles out of every list and search, with whatever else is to be done; gives those that readers got. */
async function takeFromEverywhere(statement: OneStatement, articleIds: readonly string[]): Promise<ChangedArticle[]> {
  const ids = `any (${statement.value(articleIds)})`;
  return statement
    .add(
      `delete from edition.current_article where article_id = ${ids} returning article_id, number, place, facts`,
      'gone',
    )
    .add(
      `delete from edition.article_fact f using gone, unnest(gone.facts) as own (fact)
       where f.fact = own.fact and f.place = gone.place`,
    )
    .add('delete from edition.article_headline h using gone where h.place = gone.place')
    .add(`delete from edition.article_search where article_id = ${ids}`)
    .run('select article_id as "articleId", number from gone order by 1');
}

/** The rows of current_article that a statement writes, for others in it. */
const CURRENT = 'current_rows';

/** Every slug that an article had in any edition leads to it, if no other article has it. */
const serveSlugs = (articleIds: string): string => `
insert into edition.article_slug (slug, article_id)
select distinct on (text->>'slug') text->>'slug', e.article_id
from edition.edition e cross join lateral jsonb_array_elements(e.content->'texts') text
where e.article_id = any (${articleIds}) order by text->>'slug', e.article_id
on conflict do nothing`;
