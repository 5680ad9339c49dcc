import { InvalidValue } from '../common/problem.type.js';
import { isStorableName } from '../database/name-length.js';
import type { ArticleFields, NoticeField, ReuseTermField } from '../documents/article-fields.js';
import { LONGEST_CLAUSE } from '../publishers/line-pattern.js';
import { type ArticleDetails, EMAIL, refuseDetails } from './article-edit.js';

/** What people write of an article's rights. A list is written as a whole; what it names is stated by the publisher. */
export interface RightsDetails {
  /** Null is: nobody has said whose it is. */
  readonly copyright: ArticleDetails['copyright'];
  readonly reuseTerms: readonly ReuseTermField[];
  readonly notices: readonly NoticeField[];
}

/** The fields that some rights are. */
export function fieldsOfRights({ copyright, reuseTerms, notices }: Partial<RightsDetails>): Partial<ArticleFields> {
  return {
    ...(copyright === undefined ? {} : { 'rights.copyright': copyright }),
    ...(reuseTerms === undefined ? {} : { 'rights.reuseTerms': reuseTerms }),
    ...(notices === undefined ? {} : { 'rights.notices': notices }),
  };
}

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

function refuseClauses(
  list: string,
  clauses: readonly { readonly clauseKey: string; readonly text: string }[],
): InvalidValue | null {
  if (clauses.length > MOST_CLAUSES) return new InvalidValue(list, `must have at most ${MOST_CLAUSES} items`);
  if (new Set(clauses.map(({ clauseKey }) => clauseKey)).size < clauses.length) {
    return new InvalidValue(list, 'must name each clause once');
  }
  return firstOf(clauses, ({ clauseKey, text }, i) => {
    if (!CLAUSE_KEY.test(clauseKey) || clauseKey.length > LONGEST_KEY) {
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

function refuseMeaning(path: string, term: ReuseTermField): InvalidValue | null {
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
