import type { LanguagePreference, LanguageTag } from '../common/language-tag.js';
import type { TermScheme } from '../common/vocabulary.js';
import { Publisher, type PublisherFacts } from '../publishers/publisher.type.js';
import { Source, type SourceFacts } from '../sources/source.type.js';
import { Term, type TermFacts } from '../taxonomy/term.type.js';
import type { SearchFacets, TermCount } from './search-facets.type.js';

/** Of each kind, the most frequent: more nobody chooses from. */
export const FACET_VALUES_MAX = 50;

/** What is counted of the articles found, as it is fetched: the most frequent of each kind first. */
export interface FetchedFacets {
  readonly references: readonly CountedReference[] | null;
  readonly languages: readonly { readonly value: LanguageTag; readonly count: number }[] | null;
  readonly years: readonly { readonly value: number; readonly count: number }[] | null;
}

type CountedReference =
  | { readonly kind: 'PUBLISHER'; readonly content: PublisherFacts; readonly count: number }
  | { readonly kind: 'SOURCE'; readonly content: SourceFacts; readonly count: number }
  | { readonly kind: TermScheme; readonly content: TermFacts; readonly count: number };

const counted = (values: string): string =>
  `(select json_agg(json_build_object('value', v.value, 'count', v.count) order by v.count desc, v.value desc) from (
    select ${values} as value, count(*) as count from found group by 1
    order by 2 desc, 1 desc limit ${FACET_VALUES_MAX}) v)`;

/** What searches fetch of each text for its article to be counted, from `c`, a row of article_search. */
export const FACET_COLUMNS = ['facts', 'languages', 'published_on'] as const;

/** Counts what the articles of `found` show, which have the columns of facets. */
export const FACETS_SQL = `
  select json_build_object(
    'references', (
      select json_agg(json_build_object('kind', r.kind, 'content', r.content, 'count', r.count)
        order by r.count desc, r.slug)
      from (
        select r.kind, r.slug, r.content, n.count,
          row_number() over (partition by r.kind order by n.count desc, r.slug) as rank
        from (select unnest(facts) as fact, count(*) as count from found group by 1) n
        join reference r on r.fact = n.fact
      ) r
      where r.rank <= ${FACET_VALUES_MAX}
    ),
    'languages', ${counted('unnest(languages)')},
    'years', ${counted('extract(year from published_on)::integer')})`;

/** Facets as readers see them; terms have their labels in the languages wanted. */
export function readFacets(
  { references, languages, years }: FetchedFacets,
  isCapped: boolean,
  preference: LanguagePreference,
): SearchFacets {
  const all = references ?? [];
  const terms = (scheme: TermScheme): TermCount[] =>
    all
      .filter((one) => one.kind === scheme)
      .map(({ content, count }) => ({ term: new Term(content as TermFacts, preference), count }));
  return {
    isCapped,
    regions: terms('REGION'),
    themes: terms('THEME'),
    reports: terms('REPORT'),
    sources: all
      .filter((one) => one.kind === 'SOURCE')
      .map(({ content, count }) => ({ source: new Source(content), count })),
    publishers: all
      .filter((one) => one.kind === 'PUBLISHER')
      .map(({ content, count }) => ({ publisher: new Publisher(content), count })),
    languages: (languages ?? []).map(({ value: language, count }) => ({ language, count })),
    years: (years ?? []).map(({ value: year, count }) => ({ year, count })),
  };
}
