import type { ExportedGroup } from './export-reader.js';
import type { ExportedArticle } from './export-records.js';

/** What an export expected of the lines of one article together, and what stood there. */
export interface GroupProblem {
  readonly expected: string;
  readonly found: string;
}

/** What does not fit among the lines of one article; null where all do. */
export function groupProblem({ head, revisions, editions }: ExportedGroup): GroupProblem | null {
  const wanted = head.type === 'article' ? head.revisions : 0;
  if (revisions.length !== wanted || editions.length !== head.editions) {
    return {
      expected: `${wanted} revisions and ${head.editions} editions on the lines that follow the article`,
      found: `${revisions.length} and ${editions.length}`,
    };
  }
  const doubled = firstTwice(editions.map(({ number }) => number));
  if (doubled !== undefined) return { expected: 'each edition once', found: `two of the number ${doubled}` };
  return head.type === 'article' ? articleProblem(head, { head, revisions, editions }) : null;
}

function articleProblem(
  { translations, slugs, served, withdrawal }: ExportedArticle,
  { revisions, editions }: ExportedGroup,
): GroupProblem | null {
  if (translations.filter(({ isOriginal }) => isOriginal).length !== 1) {
    return { expected: 'one translation that is the original', found: 'none, or several' };
  }
  const language = firstTwice(translations.map((one) => one.language));
  if (language !== undefined) return { expected: 'one translation in each language', found: `two in ${language}` };
  const number = firstTwice(revisions.map((one) => `${one.translationId} ${one.number}`));
  if (number !== undefined) return { expected: 'each revision once', found: 'two of one number' };

  const own = new Set(translations.map(({ id }) => id));
  const stray = revisions.find(({ translationId }) => !own.has(translationId));
  if (stray !== undefined) return { expected: 'revisions of its translations', found: `one of ${stray.translationId}` };
  const empty = translations.find(
    ({ id, isOriginal, inHand }) =>
      (isOriginal || inHand == null) && !revisions.some(({ translationId }) => translationId === id),
  );
  if (empty !== undefined) return { expected: 'a revision of each translation', found: `none in ${empty.language}` };
  const made = translations.find(
    ({ sourceRevisionId }) => sourceRevisionId !== null && !revisions.some(({ id }) => id === sourceRevisionId),
  );
  if (made !== undefined) {
    return { expected: 'translations of its own revisions', found: `one of ${made.sourceRevisionId ?? ''}` };
  }
  const foreignBasis = [...translations, ...revisions]
    .flatMap(({ sourceRevisionId, settled }) => [sourceRevisionId ?? null, ...Object.values(settled ?? {})])
    .find((source) => source !== null && !revisions.some(({ id }) => id === source));
  if (foreignBasis != null) return { expected: 'texts made of its own revisions', found: `one of ${foreignBasis}` };
  const torn = [...revisions, ...translations.flatMap(({ inHand }) => inHand ?? [])].find(
    ({ body, blocks }) => blocks != null && blocks.reduce((sum, { length }) => sum + length, 0) !== body.length,
  );
  if (torn !== undefined) return { expected: 'blocks that are the body together', found: 'others' };
  const doubled = [...revisions, ...translations.flatMap(({ inHand }) => inHand ?? [])]
    .map(({ blocks }) => firstTwice((blocks ?? []).map(({ id }) => id)))
    .find((id) => id !== undefined);
  if (doubled !== undefined) return { expected: 'each block once', found: `two with the id ${doubled}` };
  // What readers get has to lead them nowhere else.
  const known = new Set(slugs);
  const shown = editions.flatMap(({ content }) => content.texts.map((text) => text.slug));
  const told = [...(served?.slugs ?? []), ...(withdrawal?.slugs ?? [])];
  const foreign = [...translations.flatMap(({ slug }) => slug ?? []), ...shown, ...told].find(
    (slug) => !known.has(slug),
  );
  if (foreign !== undefined) return { expected: 'all slugs of its texts among its slugs', found: foreign };
  if (served === null) return null;
  if (withdrawal != null)
    return { expected: 'nothing served of what is withdrawn', found: `edition ${served.edition}` };
  const current = editions.find((edition) => edition.number === served.edition);
  if (current === undefined) {
    return { expected: 'the edition that is served among its editions', found: `number ${served.edition}` };
  }
  return current.content.texts.length > 0 ? null : { expected: 'an edition with a text', found: 'none' };
}

function firstTwice<T>(values: readonly T[]): T | undefined {
  const seen = new Set<T>();
  return values.find((value) => seen.size === seen.add(value).size);
}
