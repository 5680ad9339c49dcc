import type { DataSource } from 'typeorm';
import type { LanguageTag } from '../../common/language-tag.js';
import type { TranslationState } from '../../common/vocabulary.js';
import { IS_BLOCKED } from '../../publishing/attribution.js';
import { IS_LIVING } from '../../texts/translation-states.js';

/** How many texts there are in one language, and how they stand. */
export interface LanguageCountsFacts {
  readonly language: LanguageTag;
  readonly texts: number;
  readonly states: Readonly<Partial<Record<TranslationState, number>>>;
  readonly outdated: number;
  readonly assigned: number;
  /** Articles that have no text in it. */
  readonly lacking: number;
}

/** How much there is at the desk. */
export interface DeskCountsFacts {
  readonly articles: number;
  readonly published: number;
  readonly withdrawn: number;
  readonly schedules: number;
  readonly failedSchedules: number;
  /** Null where nobody has asked. */
  readonly blocked: number | null;
  readonly languages: readonly LanguageCountsFacts[];
}

/** Counts what there is at the desk, by one statement; what is blocked takes the longest, and only where it is asked for. */
export async function countDesk(dataSource: DataSource, isBlockedCounted: boolean): Promise<DeskCountsFacts> {
  const [row] = await dataSource.query<{ counts: DeskCountsFacts }[]>(
    COUNTS.replace('$BLOCKED', () => (isBlockedCounted ? BLOCKED : 'null')),
  );
  if (row === undefined) throw new TypeError('nothing was counted');
  return row.counts;
}

/** What is blocked is counted no further: each article is looked at. */
const BLOCKED_MAX = 1000;

const BLOCKED = `(
  select count(*) from (select from desk.article a where ${IS_BLOCKED} limit ${BLOCKED_MAX}) b)`;

const COUNTS = `
with articles as materialized (select count(*) as n from desk.article),
texts as (select language, state, count(*) as n from desk.translation group by language, state),
living as (select t.language, sum(t.n) as n from texts t where ${IS_LIVING} group by t.language),
outdated as (select language, count(*) as n from desk.outdated_text group by language),
assigned as (select g.language, count(*) as n from desk.translation_assignment g
  join desk.translation t on t.article_id = g.article_id and t.language = g.language and ${IS_LIVING} group by g.language),
languages as (
  select x.language, coalesce(min(v.n), 0) as texts, json_object_agg(x.state, x.n) as states, coalesce(min(o.n), 0) as outdated,
    coalesce(min(g.n), 0) as assigned, (select n from articles) - coalesce(min(v.n), 0) as lacking
  from texts x left join living v on v.language = x.language left join outdated o on o.language = x.language left join assigned g on g.language = x.language
  group by x.language)
select json_build_object('articles', (select n from articles),
  'published', (select count(*) from edition.current_article), 'withdrawn', (select count(*) from edition.tombstone),
  'schedules', (select count(*) from desk.publication_schedule s where s.failed_at is null),
  'failedSchedules', (select count(*) from desk.publication_schedule s where s.failed_at is not null),
  'blocked', $BLOCKED,
  'languages', (select coalesce(json_agg(l order by l.language collate "C"), '[]') from languages l)) as counts`;
