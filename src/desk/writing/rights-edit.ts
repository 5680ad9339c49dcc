import type { WholeArticle } from '../../articles/articles.queries.js';
import { InvalidValue } from '../../common/problem.type.js';
import { toSlug } from '../../common/slug.js';
import { isStorableName } from '../../database/name-length.js';
import type { ArticleFields, NoticeField, ReuseTermField } from '../../documents/article-fields.js';
import { LONGEST_CLAUSE } from '../../publishers/line-pattern.js';
import { type ArticleDetails, EMAIL, refuseDetails } from './article-edit.js';

/** A clause that somebody writes: without a key, it is the one of the article that has its words, or a new one. */
export type WrittenClause<Field extends { readonly clauseKey: string }> = Omit<Field, 'clauseKey'> & {
  readonly clauseKey: string | null;
};

/** What people write of an article's rights. A list is written as a whole; what it names is stated by the publisher. */
export interface RightsDetails {
  /** Null is: nobody has said whose it is. */
  readonly copyright: ArticleDetails['copyright'];
  readonly reuseTerms: readonly WrittenClause<ReuseTermField>[];
  readonly notices: readonly WrittenClause<NoticeField>[];
}

/** The fields that some rights of an article are. */
export function fieldsOfRights(
  { copyright, reuseTerms, notices }: Partial<RightsDetails>,
  article: WholeArticle,
): Partial<ArticleFields> {
  return {
    ...(copyright === undefined ? {} : { 'rights.copyright': copyright }),
    ...(reuseTerms === undefined
      ? {}
      : {
          'rights.reuseTerms': withKeys(
            reuseTerms,
            article.reuseTerms.map(({ reuseTerm }) => reuseTerm),
          ),
        }),
    ...(notices === undefined
      ? {}
      : {
          'rights.notices': withKeys(
            notices,
            article.notices.map(({ notice }) => notice),
          ),
        }),
  };
}

interface Clause {
  readonly clauseKey: string | null;
  readonly text: string;
}

/** Clauses with their keys: those that have none get the key of the words, as the article has them now, or one of their words. */
function withKeys<T extends Clause>(
  clauses: readonly T[],
  known: readonly { readonly clauseKey: string; readonly text: string }[],
): (T & { readonly clauseKey: string })[] {
  const taken = new Set(clauses.map(({ clauseKey }) => clauseKey));
  return clauses.map((clause) => {
    const { text } = clause;
    const own = clause.clauseKey ?? known.find((one) => one.text === text && !taken.has(one.clauseKey))?.clauseKey;
    const plain = toSlug(text.slice(0, LONGEST_WORDS));
    let clauseKey = own ?? plain;
    for (let n = 2; own === undefined && taken.has(clauseKey); n++) clauseKey = `${plain}-${n}`;
    taken.add(clauseKey);
    return { ...clause, clauseKey };
  });
}

/** So many characters of a clause are its key. */
const LONGEST_WORDS = 60;

/** No page has more clauses. */
const MOST_CLAUSES = 30;

const CLAUSE_KEY = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const LONGEST_KEY = 100;

/** Why some rights can not be kept; null where they can. */
export function refuseRights({
  copyright,
  reuseTerms = [],
  notices = [],
}: Partial<RightsDetails>): InvalidValue | null {
  return (
    refuseDetails(copyright === undefined ? {} : { copyright }) ??
    refuseClauses('reuseTerms', reuseTerms) ??
    refuseClauses('notices', notices) ??
    firstOf(reuseTerms, (term, i) => refuseMeaning(`reuseTerms.${i}`, term))
  );
}

function refuseClauses(list: string, clauses: readonly Clause[]): InvalidValue | null {
  if (clauses.length > MOST_CLAUSES) return new InvalidValue(list, `must have at most ${MOST_CLAUSES} items`);
  const keys = clauses.flatMap(({ clauseKey }) => clauseKey ?? []);
  if (new Set(keys).size < keys.length) {
    return new InvalidValue(list, 'must name each clause once');
  }
  return firstOf(clauses, ({ clauseKey, text }, i) => {
    if (clauseKey !== null && (!CLAUSE_KEY.test(clauseKey) || clauseKey.length > LONGEST_KEY)) {
      return new InvalidValue(
        `${list}.${i}.clauseKey`,
        `must have at most ${LONGEST_KEY} characters: words of a-z and 0-9, parted by hyphens`,
      );
    }
    return text.trim() === '' || text.length > LONGEST_CLAUSE
      ? new InvalidValue(`${list}.${i}.text`, `must have 1 to ${LONGEST_CLAUSE} characters`)
      : refuseUnplain(`${list}.${i}.text`, text);
  });
}

function refuseMeaning(path: string, term: WrittenClause<ReuseTermField>): InvalidValue | null {
  const { audienceLabel, email } = term;
  for (const list of ['actions', 'media', 'duties'] as const) {
    const isOnce = new Set<string>(term[list]).size === term[list].length;
    if (!isOnce) return new InvalidValue(`${path}.${list}`, 'must name each once');
    if (list !== 'duties' && term[list].length === 0) return new InvalidValue(`${path}.${list}`, 'must not be empty');
  }
  if (audienceLabel !== null) {
    const isName = audienceLabel.trim() !== '' && isStorableName(audienceLabel);
    if (!isName) return new InvalidValue(`${path}.audienceLabel`, 'must have 1 to 300 characters');
    const unplain = refuseUnplain(`${path}.audienceLabel`, audienceLabel);
    if (unplain !== null) return unplain;
  }
  if (email === null) return null;
  return EMAIL.test(email)
    ? refuseUnplain(`${path}.email`, email)
    : new InvalidValue(`${path}.email`, 'must be an e-mail address');
}

function refuseUnplain(path: string, text: string): InvalidValue | null {
  return text.includes('\0') || !text.isWellFormed() ? new InvalidValue(path, 'must be plain text') : null;
}

function firstOf<T>(items: readonly T[], refuse: (item: T, i: number) => InvalidValue | null): InvalidValue | null {
  for (const [i, item] of items.entries()) {
    const refused = refuse(item, i);
    if (refused !== null) return refused;
  }
  return null;
}
