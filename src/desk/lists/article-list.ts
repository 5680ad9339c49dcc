import type { DataSource } from 'typeorm';
import type { PageRequest } from '../../common/connection.js';
import { isName, isUuid, type PagedList } from '../../common/cursor.js';
import { parsePartialDate } from '../../common/partial-date.js';
import { IS_BLOCKED, IS_NOT_BLOCKED } from '../../publishing/attribution.js';
import { IS_LIVING } from '../../texts/translation-states.js';
import { ARTICLE_AS_JSON, type ArticleFacts } from '../article-facts.js';
import type { DeskArticleFilter, DeskArticleOrder, PublicStanding } from './article-list.inputs.js';
import { Conditions } from './conditions.js';
import { containing } from './containing.js';
import { exactMoment, isExactMoment } from './list-moment.js';

/** An article of a list, with what the list is sorted by before the article's id. */
export interface ListedArticle {
  readonly article: ArticleFacts;
  readonly sortedBy: string;
}

interface Order {
  /** What is sorted by, as SQL over an article `a`, and `h`, the headline of one of its texts. */
  readonly column: string;
  readonly type: string;
  /** What a cursor keeps of it. */
  readonly written: (column: string) => string;
  readonly isKey: (value: unknown) => boolean;
}

const isPartialDate = (value: unknown): boolean => typeof value === 'string' && parsePartialDate(value) !== null;
const asIs = (column: string): string => column;

const ORDERS: Readonly<Record<string, Order>> = {
  CHANGED: { column: 'a.updated_at', type: 'timestamptz', written: exactMoment, isKey: isExactMoment },
  CREATED: { column: 'a.created_at', type: 'timestamptz', written: exactMoment, isKey: isExactMoment },
  PUBLISHED_ON: { column: 'a.published_on', type: 'text', written: asIs, isKey: isPartialDate },
  HEADLINE: { column: 'h.headline', type: 'text', written: asIs, isKey: isName },
};

function orderOf(
  orderBy: DeskArticleOrder,
): Order & { readonly isDescending: boolean; readonly isByHeadline: boolean } {
  const by = orderBy.replace(/_(?:ASC|DESC)$/, '');
  const order = ORDERS[by];
  if (order === undefined) throw new TypeError(`no list is sorted by ${orderBy}`);
  return { ...order, isDescending: orderBy.endsWith('_DESC'), isByHeadline: by === 'HEADLINE' };
}

/** The list that cursors are of: with another filter or in another order, it is another list. */
export function deskArticleList(orderBy: DeskArticleOrder, filter: DeskArticleFilter): PagedList {
  const wish = Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1));
  return { name: `deskArticles:${orderBy}:${JSON.stringify(wish)}`, key: [orderOf(orderBy).isKey, isUuid] };
}

/** A page of articles of the desk with one more than asked for, in order, by one statement. */
export async function listDeskArticles(
  dataSource: DataSource,
  orderBy: DeskArticleOrder,
  filter: DeskArticleFilter,
  { size, fromEnd, after, before }: PageRequest,
): Promise<ListedArticle[]> {
  const { column, type, written, isDescending, isByHeadline } = orderOf(orderBy);
  const conditions = new Conditions();
  // The index of headlines has the articles' ids, and is walked by them.
  const [from, id] = isByHeadline ? [fromHeadlines(conditions, filter), 'h.article_id'] : ['desk.article a', 'a.id'];
  const beyond = (key: PageRequest['after'], isLater: boolean): void => {
    if (key === null) return;
    const place = `(${conditions.value(key[0], type)}, ${conditions.value(key[1], 'uuid')})`;
    conditions.add(`(${column}, ${id}) ${isLater === isDescending ? '<' : '>'} ${place}`);
  };
  beyond(after, true);
  beyond(before, false);
  addFilter(conditions, filter);
  const direction = isDescending === fromEnd ? 'asc' : 'desc';
  const limit = conditions.value(size + 1, 'integer');
  const rows = await dataSource.query<ListedArticle[]>(
    `with page as materialized (
       select a.*, ${column} as sorted_by from ${from} where ${conditions.toSql()}
       order by ${column} ${direction}, ${id} ${direction} limit ${limit})
     select ${ARTICLE_AS_JSON} as article, ${written('a.sorted_by')} as "sortedBy" from page a
     order by a.sorted_by ${direction}, a.id ${direction}`,
    conditions.values,
  );
  return fromEnd ? rows.reverse() : rows;
}

/** Articles `a`, each with one headline `h`: of the text in the language that is asked for, or else of the original. */
function fromHeadlines(conditions: Conditions, { text }: DeskArticleFilter): string {
  const language = text?.language ?? null;
  const which = language === null ? 'h.is_original' : `h.language = ${conditions.value(language, 'text')}`;
  return `desk.text_headline h join desk.article a on a.id = h.article_id and ${which}`;
}

function addFilter(conditions: Conditions, filter: DeskArticleFilter): void {
  const { publisher, source, kinds, headline, text, lacking, standing, isBlocked, changedSince } = filter;
  const put = (value: unknown, type: string): string => conditions.value(value, type);
  if (publisher != null) {
    conditions.add(`a.publisher_id = (select p.id from desk.publisher p where p.slug = ${put(publisher, 'text')})`);
  }
  if (source != null) {
    conditions.add(`a.id in (select o.article_id from desk.origin o where o.source_id =
      (select s.id from desk.source s where s.slug = ${put(source, 'text')}))`);
  }
  if (kinds != null) conditions.add(`a.kind = any (${put(kinds, 'text[]')})`);
  if (headline != null) conditions.add(`a.id in (${withHeadline(put(containing(headline), 'text'))})`);
  if (text != null) addText(conditions, text);
  if (lacking != null) {
    // Wrapped so, it is looked up article by article, or hashed: as a join it may be gone through for each.
    conditions.add(`(exists (select from desk.translation t
      where t.article_id = a.id and t.language = ${put(lacking, 'text')} and ${IS_LIVING})) is not true`);
  }
  if (standing != null) conditions.add(STANDINGS[standing]);
  if (isBlocked != null) conditions.add(isBlocked ? IS_BLOCKED : IS_NOT_BLOCKED);
  if (changedSince != null) conditions.add(`a.updated_at >= ${put(changedSince, 'timestamptz')}`);
}

const STANDINGS: Readonly<Record<PublicStanding, string>> = {
  PUBLISHED: 'exists (select from edition.current_article c where c.article_id = a.id)',
  NOT_PUBLISHED: `not exists (select from edition.current_article c where c.article_id = a.id)
    and not exists (select from edition.tombstone t where t.article_id = a.id)`,
  SCHEDULED: 'a.id in (select s.article_id from desk.publication_schedule s)',
  WITHDRAWN: 'a.id in (select t.article_id from edition.tombstone t)',
};

/** What is out of date is a table of its own, and small: where it is asked for, it leads. */
function addText(
  conditions: Conditions,
  { language, states, isOutdated }: NonNullable<DeskArticleFilter['text']>,
): void {
  const [from, isOut] =
    isOutdated === true
      ? ['desk.outdated_text d join desk.translation t on t.id = d.translation_id', []]
      : [
          'desk.translation t',
          isOutdated === false ? ['not exists (select from desk.outdated_text d where d.translation_id = t.id)'] : [],
        ];
  const parts = [...isOut];
  if (states == null) parts.push(IS_LIVING);
  if (language != null) parts.push(`t.language = ${conditions.value(language, 'text')}`);
  if (states != null) parts.push(`t.state = any (${conditions.value(states, 'text[]')})`);
  conditions.add(`a.id in (select t.article_id from ${from} where ${parts.join(' and ')})`);
}

/** What stands in the headline that a text has now: in hand, or else of the newest revision. */
const withHeadline = (pattern: string): string => `
select t.article_id from desk.revision r join desk.translation t on t.id = r.translation_id
where r.headline ilike ${pattern} and ${IS_LIVING}
  and not exists (select from desk.revision n where n.translation_id = r.translation_id and n.number > r.number)
  and not exists (select from desk.working_text w where w.translation_id = r.translation_id)
union
select t.article_id from desk.working_text w join desk.translation t on t.id = w.translation_id
where w.headline ilike ${pattern} and ${IS_LIVING}`;
