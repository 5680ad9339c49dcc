import type { DataSource } from 'typeorm';
import { type Permission, rolesFor } from '../../accounts/permissions.js';
import type { PageRequest } from '../../common/connection.js';
import { filteredList, isName, isUuid, type PagedList } from '../../common/cursor.js';
import type { LanguageTag } from '../../common/language-tag.js';
import { Conditions } from '../lists/conditions.js';
import { containing } from '../lists/containing.js';
import { colleague, type ColleagueFacts } from './task-facts.js';

/** Which colleagues are asked for: all that is given has to hold. */
export interface ColleagueWish {
  /** Who may do this, and is not shut out. */
  readonly mayDo: Permission | null;
  /** In which language they may; null for whoever may in any. */
  readonly language: LanguageTag | null;
  /** A part of their name. */
  readonly search: string | null;
}

/** Everybody who has an account, by name. */
export function colleagueList(wish: ColleagueWish): PagedList {
  return filteredList({ name: 'colleagues:NAME_ASC', key: [isName, isUuid] }, wish);
}

/** A page of colleagues with one more than asked for, in order, by one statement. */
export async function listColleagues(
  dataSource: DataSource,
  wish: ColleagueWish,
  { size, fromEnd, after, before }: PageRequest,
): Promise<ColleagueFacts[]> {
  const conditions = new Conditions();
  // One collation for all databases: cursors are compared as the list is sorted.
  for (const [key, sign] of [
    [after, '>'],
    [before, '<'],
  ] as const) {
    if (key === null) continue;
    const place = `(${conditions.value(key[0], 'text')}, ${conditions.value(key[1], 'uuid')})`;
    conditions.add(`(a.name collate "C", a.id) ${sign} ${place}`);
  }
  addWish(conditions, wish);
  const direction = fromEnd ? 'desc' : 'asc';
  const rows = await dataSource.query<{ facts: ColleagueFacts }[]>(
    `select ${colleague('a')} as facts from account.account a where ${conditions.toSql()}
     order by a.name collate "C" ${direction}, a.id ${direction} limit ${conditions.value(size + 1, 'integer')}`,
    conditions.values,
  );
  const colleagues = rows.map(({ facts }) => facts);
  return fromEnd ? colleagues.reverse() : colleagues;
}

function addWish(conditions: Conditions, { mayDo, language, search }: ColleagueWish): void {
  if (search !== null) conditions.add(`a.name ilike ${conditions.value(containing(search), 'text')}`);
  if (mayDo === null) return;
  const { inAll, inOwn } = rolesFor(mayDo);
  const tag = conditions.value(language, 'text');
  conditions.add(`a.disabled_at is null and exists (select from account.role r where r.account_id = a.id and (
    r.role = any (${conditions.value(inAll, 'text[]')}) or r.role = any (${conditions.value(inOwn, 'text[]')}) and (
      ${tag} is null or exists (select from unnest(r.languages) o (tag)
        where ${tag} = o.tag or starts_with(${tag}, o.tag || '-')))))`);
}

/** Colleagues by their accounts' ids, by one statement; those that there are not are left out. */
export async function listColleaguesByIds(
  dataSource: DataSource,
  accountIds: readonly string[],
): Promise<Map<string, ColleagueFacts>> {
  const rows = await dataSource.query<{ facts: ColleagueFacts }[]>(
    `select ${colleague('a')} as facts from account.account a where a.id = any ($1)`,
    [accountIds],
  );
  return new Map(rows.map(({ facts }) => [facts.id, facts]));
}
