import type { EntityManager } from 'typeorm';
import { sortableName } from '../common/cursor.js';
import { insertRows } from '../database/insert-rows.js';
import { ArticleHeadlineEntity, LanguageSetEntity, ReuseSetEntity } from './edition.entity.js';
import type { EditionContent } from './edition-content.js';
import type { EditionFacts } from './facts.js';

/** An edition that lists show, at its place. */
export interface ListedEdition extends EditionFacts {
  readonly articleId: string;
  readonly place: string;
  readonly content: EditionContent;
}

/** Lets lists find editions by their facts and headlines; their rows of current_article are there already. */
export async function showInLists(manager: EntityManager, editions: readonly ListedEdition[]): Promise<void> {
  await insertRows(manager, LanguageSetEntity, sets(editions.map(({ languages }) => languages)), IGNORE);
  await insertRows(manager, ReuseSetEntity, sets(editions.map(({ reuse }) => reuse)), IGNORE);
  await manager.query(INSERT_FACTS, [editions.map(({ articleId }) => articleId)]);
  await insertRows(
    manager,
    ArticleHeadlineEntity,
    editions.flatMap(({ place, languages: { fact: languageSet }, content }) =>
      content.texts.map(({ language, headline }) => ({
        place,
        language,
        languageSet,
        headline: sortableName(headline),
      })),
    ),
  );
}

/** Takes articles out of every list, before their rows of current_article go. */
export async function takeFromLists(manager: EntityManager, articleIds: readonly string[]): Promise<void> {
  await manager.query(DELETE_FACTS, [articleIds]);
  await manager.query(DELETE_HEADLINES, [articleIds]);
}

const IGNORE = { ignoreExisting: true };

const INSERT_FACTS = `
insert into edition.article_fact (fact, place)
select unnest(c.facts), c.place from edition.current_article c where c.article_id = any ($1)`;

const DELETE_FACTS = `
delete from edition.article_fact f using edition.current_article c, unnest(c.facts) as own (fact)
where c.article_id = any ($1) and f.fact = own.fact and f.place = c.place`;

const DELETE_HEADLINES = `
delete from edition.article_headline h using edition.current_article c
where c.article_id = any ($1) and h.place = c.place`;

/** Each set once, in an order that is the same for all, so that no two wait for each other. */
function sets<OfFact extends { readonly fact: string }>(all: readonly OfFact[]): OfFact[] {
  return [...new Map(all.map((one) => [one.fact, one])).values()].sort((a, b) => (a.fact < b.fact ? -1 : 1));
}
