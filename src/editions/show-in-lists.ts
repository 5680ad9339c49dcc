import { sortableName } from '../common/cursor.js';
import type { OneStatement } from '../database/one-statement.js';
import { ArticleFactEntity, ArticleHeadlineEntity, LanguageSetEntity, ReuseSetEntity } from './edition.entity.js';
import type { EditionContent } from './edition-content.js';
import type { EditionFacts } from './facts.js';

/** An edition that lists show, at its place. */
export interface ListedEdition extends EditionFacts {
  readonly articleId: string;
  readonly place: string;
  readonly content: EditionContent;
}

/** Lets lists find editions by their facts and headlines. */
export function showInLists(shown: OneStatement, editions: readonly ListedEdition[]): void {
  shown
    .insert(LanguageSetEntity, sets(editions.map(({ languages }) => languages)), IGNORE)
    .insert(ReuseSetEntity, sets(editions.map(({ reuse }) => reuse)), IGNORE)
    .insert(
      ArticleFactEntity,
      editions.flatMap(({ place, facts }) => facts.map((fact) => ({ fact, place }))),
    )
    .insert(
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

const IGNORE = { ignoreExisting: true };

/** Each set once, in an order that is the same for all, so that no two wait for each other. */
function sets<OfFact extends { readonly fact: string }>(all: readonly OfFact[]): OfFact[] {
  return [...new Map(all.map((one) => [one.fact, one])).values()].sort((a, b) => (a.fact < b.fact ? -1 : 1));
}
