import type { DataSource } from 'typeorm';
import type { PageRequest } from '../../common/connection.js';
import { isUuid, type PagedList } from '../../common/cursor.js';
import type { LanguageTag } from '../../common/language-tag.js';
import type { TranslationState } from '../../common/vocabulary.js';
import { IS_LIVING } from '../../texts/translation-states.js';
import { TEXT_AS_JSON, TEXT_JOINS, type TextFacts } from '../text-facts.js';
import { Conditions } from './conditions.js';
import { exactMoment, isExactMoment } from './list-moment.js';

/** Which texts are asked for: all that is given has to hold. */
export interface TranslationWish {
  readonly isOutdated: boolean | null;
  readonly language: LanguageTag | null;
  readonly states: readonly TranslationState[] | null;
  /** An account's id; NOBODY and SOMEBODY for whether it is anybody's task. */
  readonly assignee: string | null;
  readonly isOriginal: boolean | null;
}

/** A text of a list, with when it was changed last. */
export interface ListedTranslation {
  readonly text: TextFacts;
  readonly sortedBy: string;
}

/** The list that cursors are of: with another wish it is another list. What has waited longest comes first. */
export function translationList(wish: TranslationWish): PagedList {
  return { name: `translations:CHANGED_ASC:${JSON.stringify(wish)}`, key: [isExactMoment, isUuid] };
}

/** A page of texts with one more than asked for, those that nobody has changed for the longest time first. */
export async function listTranslations(
  dataSource: DataSource,
  wish: TranslationWish,
  { size, fromEnd, after, before }: PageRequest,
): Promise<ListedTranslation[]> {
  const conditions = new Conditions();
  for (const [key, sign] of [
    [after, '>'],
    [before, '<'],
  ] as const) {
    if (key === null) continue;
    const place = `(${conditions.value(key[0], 'timestamptz')}, ${conditions.value(key[1], 'uuid')})`;
    conditions.add(`(t.updated_at, t.id) ${sign} ${place}`);
  }
  addWish(conditions, wish);
  const direction = fromEnd ? 'desc' : 'asc';
  const order = `order by t.updated_at ${direction}, t.id ${direction}`;
  const limit = conditions.value(size + 1, 'integer');
  const rows = await dataSource.query<ListedTranslation[]>(
    `with page as materialized (
       select t.* from desk.translation t where ${conditions.toSql()} ${order} limit ${limit})
     select ${TEXT_AS_JSON} as text, ${exactMoment('t.updated_at')} as "sortedBy" from page t ${TEXT_JOINS} ${order}`,
    conditions.values,
  );
  return fromEnd ? rows.reverse() : rows;
}

function addWish(
  conditions: Conditions,
  { isOutdated, language, states, assignee, isOriginal }: TranslationWish,
): void {
  if (isOutdated === true) conditions.add('t.id in (select d.translation_id from desk.outdated_text d)');
  if (isOutdated === false)
    conditions.add('not exists (select from desk.outdated_text d where d.translation_id = t.id)');
  if (language !== null) conditions.add(`t.language = ${conditions.value(language, 'text')}`);
  if (states === null) conditions.add(IS_LIVING);
  else conditions.add(`t.state = any (${conditions.value(states, 'text[]')})`);
  if (isOriginal !== null) conditions.add(`t.is_original = ${conditions.value(isOriginal, 'boolean')}`);
  if (assignee === null) return;
  const ofText =
    'select from desk.translation_assignment g where g.article_id = t.article_id and g.language = t.language';
  if (assignee === 'NOBODY') conditions.add(`not exists (${ofText})`);
  else if (assignee === 'SOMEBODY') conditions.add(`exists (${ofText})`);
  else conditions.add(`exists (${ofText} and g.assignee_id = ${conditions.value(assignee, 'uuid')})`);
}
