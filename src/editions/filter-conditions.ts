import { fromGlobalId } from '../common/global-id.js';
import { firstDayOf } from '../common/partial-date.js';
import { userInputError } from '../common/user-input-error.js';
import { ARTICLE_KINDS, CREDIT_ROLES, ORIGIN_RELATIONS } from '../common/vocabulary.js';
import type { ArticleFilter } from './article.inputs.js';
import { creditFact, decisionOf, type FactKind, factOf, HAS_OUTDATED_TRANSLATION } from './facts.js';
import type { TermChoice } from './filter.inputs.js';
import { placeBefore } from './place.js';
import { soughtText } from './searched-words.js';

/** A statement's values: each gets a place that stands for it in the text. */
interface Values {
  value(value: unknown): string;
}

/** What facts are about, as far as it tells how many articles have one of them. */
export type FactClass = Exclude<FactKind, 'AUTHOR' | 'TRANSLATOR' | 'EDITOR'> | 'CREDIT' | 'TERM';

/** That an article has a fact, or, where `isMany`, one of an array of facts; or that it has not. */
export interface FactCondition {
  readonly is: 'fact';
  readonly about: FactClass;
  readonly sql: string;
  readonly isMany: boolean;
  readonly isNot: boolean;
}

/** That an article stands at a place or after it, or before it. */
export interface PlaceCondition {
  readonly is: 'place';
  readonly operator: '>=' | '<';
  readonly sql: string;
}

/** That an article's origin has a date, on a day or later, or before it; or that this is not so. */
export interface OriginCondition {
  readonly is: 'origin';
  readonly operator: '>=' | '<';
  readonly sql: string;
  readonly isNot: boolean;
}

/** That words are found in an article, or are not. */
export interface WordsCondition {
  readonly is: 'words';
  readonly sql: string;
  readonly isNot: boolean;
}

/** What a filter demands: `not` stands at single conditions alone, and values are places of a statement. */
export type Condition =
  | { readonly is: 'all' | 'any'; readonly of: readonly Condition[] }
  | FactCondition
  | PlaceCondition
  | OriginCondition
  | WordsCondition;

/** Far more than a page of filters offers, and few enough for one statement. */
export const CONDITIONS_MAX = 50;
export const LEVELS_MAX = 5;

/**
 * What a filter demands, with its values added to a statement.
 * Throws BAD_USER_INPUT naming `filter` where it is too large, or names by id what is no term.
 */
export function filterConditions(values: Values, filter: ArticleFilter | null | undefined): Condition {
  if (filter == null) return { is: 'all', of: [] };
  if (countConditions(filter, 1) > CONDITIONS_MAX) {
    throw userInputError('filter', `must have at most ${CONDITIONS_MAX} conditions`);
  }
  return new FilterReader(values).read(filter, false);
}

function countConditions(filter: ArticleFilter, level: number): number {
  if (level > LEVELS_MAX) throw userInputError('filter', `must be at most ${LEVELS_MAX} levels deep`);
  const { and, or, not, terms, kinds, ...single } = filter;
  const own = Object.values(single).filter((value) => value != null).length;
  const listed = [kinds, terms?.any, terms?.all].reduce((sum, list) => sum + (list?.length ?? 0), 0);
  const inner = [...(and ?? []), ...(or ?? []), ...(not == null ? [] : [not])];
  return inner.reduce((sum, one) => sum + 1 + countConditions(one, level + 1), own + listed);
}

/** Reads filters; with `isNot`, into what does not hold: all becomes any, and any all. Source: De Morgan. */
class FilterReader {
  constructor(private readonly values: Values) {}

  read(filter: ArticleFilter, isNot: boolean): Condition {
    const { and, or, not, terms, credit, reuse } = filter;
    const parts: Condition[] = [];
    const one = (
      about: 'PUBLISHER' | 'SOURCE' | 'REGION' | 'THEME' | 'REPORT',
      slug: string | null | undefined,
    ): void => {
      if (slug != null) parts.push(this.#fact(about, factOf(about, slug), isNot));
    };
    one('PUBLISHER', filter.publisher);
    one('SOURCE', filter.source);
    one('REGION', filter.region);
    one('THEME', filter.theme);
    one('REPORT', filter.report);
    if (filter.kinds != null) parts.push(this.#listed('KIND', ARTICLE_KINDS, filter.kinds, isNot));
    if (filter.originRelation != null) {
      parts.push(this.#listed('RELATION', ORIGIN_RELATIONS, [filter.originRelation], isNot));
    }
    if (filter.availableIn != null) parts.push(this.#language(filter.availableIn, isNot));
    if (filter.lacking != null) parts.push(this.#language(filter.lacking, !isNot));
    if (filter.hasOutdatedTranslation != null) {
      parts.push(this.#fact('OUTDATED', HAS_OUTDATED_TRANSLATION, isNot === filter.hasOutdatedTranslation));
    }
    if (filter.publishedFrom != null) parts.push(this.#place('>=', filter.publishedFrom, isNot));
    if (filter.publishedBefore != null) parts.push(this.#place('<', filter.publishedBefore, isNot));
    if (filter.originPublishedFrom != null) parts.push(this.#origin('>=', filter.originPublishedFrom, isNot));
    if (filter.originPublishedBefore != null) parts.push(this.#origin('<', filter.originPublishedBefore, isNot));
    if (terms?.any != null) parts.push(this.#anyTerm(terms.any, isNot));
    if (terms?.all != null) {
      parts.push({ is: isNot ? 'any' : 'all', of: terms.all.map((term) => this.#term(term, isNot)) });
    }
    if (credit != null) parts.push(this.#credit(credit, isNot));
    if (reuse != null) {
      const decision = this.values.value(decisionOf(reuse.action, reuse.medium, reuse.effect));
      parts.push(setCondition('REUSE', 'reuse_set', `${decision} = any (s.decisions)`, isNot));
    }
    if (filter.text != null) parts.push({ is: 'words', sql: this.values.value(soughtText(filter.text)), isNot });
    if (and != null) parts.push({ is: isNot ? 'any' : 'all', of: and.map((inner) => this.read(inner, isNot)) });
    if (or != null) parts.push({ is: isNot ? 'all' : 'any', of: or.map((inner) => this.read(inner, isNot)) });
    if (not != null) parts.push(this.read(not, !isNot));
    return { is: isNot ? 'any' : 'all', of: parts };
  }

  #fact(about: FactClass, fact: string, isNot: boolean): FactCondition {
    const sql = `${this.values.value(fact)}::bigint`;
    // Publishers are few: whoever is not carried by one is carried by one of the others.
    if (about === 'PUBLISHER' && isNot) {
      return many(
        about,
        `array(select r.fact from reference r where r.kind = 'PUBLISHER' and r.fact <> ${sql})`,
        false,
      );
    }
    return { is: 'fact', about, sql, isMany: false, isNot };
  }

  /** One of some values of a closed list; what is none of them is one of the others. */
  #listed<Value extends string>(
    about: 'KIND' | 'RELATION',
    list: readonly Value[],
    chosen: readonly Value[],
    isNot: boolean,
  ): FactCondition {
    const facts = list.filter((value) => chosen.includes(value) !== isNot).map((value) => factOf(about, value));
    const [only] = facts;
    if (facts.length === 1 && only !== undefined) return this.#fact(about, only, false);
    return many(about, `${this.values.value(facts)}::bigint[]`, false);
  }

  #language(language: string, isNot: boolean): FactCondition {
    return setCondition('LANGUAGES', 'language_set', `${this.values.value(language)} = any (s.languages)`, isNot);
  }

  /** Articles always have a place: what is not after it is before it. */
  #place(operator: '>=' | '<', date: string, isNot: boolean): PlaceCondition {
    const sql = `${this.values.value(placeBefore(firstDayOf(date)))}::uuid`;
    return { is: 'place', operator: isNot ? (operator === '<' ? '>=' : '<') : operator, sql };
  }

  #origin(operator: '>=' | '<', date: string, isNot: boolean): OriginCondition {
    return { is: 'origin', operator, sql: `${this.values.value(firstDayOf(date))}::date`, isNot };
  }

  #credit({ name, role }: NonNullable<ArticleFilter['credit']>, isNot: boolean): FactCondition {
    if (role != null) return this.#fact('CREDIT', creditFact(role, name), isNot);
    const facts = CREDIT_ROLES.map((any) => creditFact(any, name));
    return many('CREDIT', `${this.values.value(facts)}::bigint[]`, isNot);
  }

  #term({ id, ...slugs }: TermChoice, isNot: boolean): FactCondition {
    if (id !== undefined) {
      const known = `select r.fact from reference r where ${IS_TERM} and r.id = ${this.values.value(termId(id))}`;
      return { is: 'fact', about: 'TERM', sql: `coalesce((${known}), ${NO_FACT})`, isMany: false, isNot };
    }
    return this.#fact('TERM', slugFact(slugs), isNot);
  }

  #anyTerm(terms: readonly TermChoice[], isNot: boolean): FactCondition {
    const ids = terms.flatMap(({ id }) => (id === undefined ? [] : [termId(id)]));
    const facts = terms.flatMap(({ id, ...slugs }) => (id === undefined ? [slugFact(slugs)] : []));
    const bySlug = `${this.values.value(facts)}::bigint[]`;
    if (ids.length === 0) return many('TERM', bySlug, isNot);
    const byId = `array(select r.fact from reference r where ${IS_TERM} and r.id = any (${this.values.value(ids)}))`;
    return many('TERM', `(${bySlug} || ${byId})`, isNot);
  }
}

/** Of a term that nothing shows. */
const NO_FACT = 0;

const IS_TERM = `r.kind in ('REGION', 'THEME', 'REPORT')`;

function many(about: FactClass, sql: string, isNot: boolean): FactCondition {
  return { is: 'fact', about, sql, isMany: true, isNot };
}

/** That an article has one of the sets `s` that a condition holds for; what has none of them has one of the others. */
export function setCondition(
  about: 'LANGUAGES' | 'REUSE',
  table: 'language_set' | 'reuse_set',
  condition: string,
  isNot: boolean,
): FactCondition {
  return many(about, `array(select s.fact from ${table} s where ${isNot ? `not (${condition})` : condition})`, false);
}

function slugFact({ region, theme, report }: TermChoice): string {
  if (region !== undefined) return factOf('REGION', region);
  if (theme !== undefined) return factOf('THEME', theme);
  return factOf('REPORT', report ?? '');
}

function termId(globalId: string): string {
  const named = fromGlobalId(globalId);
  if (named?.type !== 'Term') throw userInputError('filter', 'must name terms by ids that this server gave out');
  return named.id;
}
