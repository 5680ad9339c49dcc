import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { PageRequest } from '../../common/connection.js';
import { isName, isUuid, type PagedList } from '../../common/cursor.js';
import { groupBy } from '../../common/group-by.js';
import type { LanguageTag } from '../../common/language-tag.js';
import {
  type AssignmentFacts,
  NOTE_COLUMNS,
  NOTE_PEOPLE,
  type NoteFacts,
  SELECT_ASSIGNMENTS,
  SELECT_LOCKS,
  type TextLockFacts,
} from './task-facts.js';

const isMoment = (value: unknown): boolean =>
  typeof value === 'string' && value.length === 24 && !Number.isNaN(Date.parse(value));

/** The tasks of the desk, the longest waiting first. Moments are of whole milliseconds: a cursor holds all of one. */
export const ASSIGNMENTS: PagedList = { name: 'assignments:ASSIGNED_AT_ASC', key: [isMoment, isUuid, isName] };

/** The notes of the desk, the newest first. */
export const NOTES: PagedList = { name: 'notes:WRITTEN_AT_DESC', key: [isMoment, isUuid] };

/** So many notes an article, or a text, shows beside itself; the desk's list pages through all. */
export const NOTES_BESIDE_MAX = 50;

/** Which tasks are asked for: all that is given has to hold. */
export interface AssignmentWish {
  readonly assigneeId: string | null;
  readonly language: LanguageTag | null;
  readonly isStarted: boolean | null;
}

/** Which notes are asked for: all that is given has to hold. */
export interface NoteWish {
  readonly articleId: string | null;
  readonly language: LanguageTag | null;
  readonly isResolved: boolean | null;
  readonly writtenById: string | null;
}

/** Whose tasks the languages of articles are, by the article's id. */
export async function listAssignmentsOfArticles(
  dataSource: DataSource,
  articleIds: readonly string[],
): Promise<Map<string, AssignmentFacts[]>> {
  const rows = await dataSource.query<AssignmentFacts[]>(
    `${SELECT_ASSIGNMENTS} where t.article_id = any ($1) order by t.article_id, t.language collate "C"`,
    [articleIds],
  );
  return groupBy(rows, ({ articleId }) => articleId);
}

/** Who holds texts now, by the text's id; those that nobody holds are left out. */
export async function listLocks(
  dataSource: DataSource,
  translationIds: readonly string[],
): Promise<Map<string, TextLockFacts>> {
  const rows = await dataSource.query<TextLockFacts[]>(
    `${SELECT_LOCKS} where l.translation_id = any ($1) and l.ends_at > now()`,
    [translationIds],
  );
  return new Map(rows.map((lock) => [lock.translationId, lock]));
}

/** The newest notes of articles, by the article's id: of all languages, or of a text by `noteKey`. */
export async function listNotesBeside(
  dataSource: DataSource,
  keys: readonly string[],
  wish: { readonly isResolved: boolean | null },
): Promise<Map<string, NoteFacts[]>> {
  const asked = keys.map((key) => key.split(' '));
  const rows = await dataSource.query<(NoteFacts & { readonly key: string })[]>(NOTES_BESIDE, [
    keys,
    asked.map(([articleId]) => articleId),
    asked.map(([, language]) => language ?? null),
    wish.isResolved,
  ]);
  return groupBy(rows, ({ key }) => key);
}

/** How `listNotesBeside` is asked for the notes of one language of an article. */
export function noteKey(articleId: string, language: LanguageTag): string {
  return `${articleId} ${language}`;
}

/** Reads of tasks and notes over the whole desk. */
@Injectable()
export class TasksQueries {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** A page of tasks with one more than asked for, in order. */
  async listAssignments(
    { size, fromEnd, after, before }: PageRequest,
    wish: AssignmentWish,
  ): Promise<AssignmentFacts[]> {
    const direction = fromEnd ? 'desc' : 'asc';
    const rows = await this.dataSource.query<AssignmentFacts[]>(
      `${SELECT_ASSIGNMENTS} where ${ASSIGNMENT_CONDITIONS}
       order by t.assigned_at ${direction}, t.article_id ${direction}, t.language ${direction} limit $10`,
      [wish.assigneeId, wish.language, wish.isStarted, ...keyOf(after, 3), ...keyOf(before, 3), size + 1],
    );
    return fromEnd ? rows.reverse() : rows;
  }

  /** A page of notes with one more than asked for, in order. */
  async listNotes({ size, fromEnd, after, before }: PageRequest, wish: NoteWish): Promise<NoteFacts[]> {
    const direction = fromEnd ? 'asc' : 'desc';
    const rows = await this.dataSource.query<NoteFacts[]>(
      `select ${NOTE_COLUMNS} from desk.note n ${NOTE_PEOPLE} where ${NOTE_CONDITIONS}
       order by n.written_at ${direction}, n.id ${direction} limit $9`,
      [
        wish.articleId,
        wish.language,
        wish.isResolved,
        wish.writtenById,
        ...keyOf(after, 2),
        ...keyOf(before, 2),
        size + 1,
      ],
    );
    return fromEnd ? rows.reverse() : rows;
  }
}

function keyOf(key: readonly unknown[] | null, length: number): unknown[] {
  return Array.from({ length }, (_, i) => key?.[i] ?? null);
}

const ASSIGNMENT_CONDITIONS = `
  ($1::uuid is null or t.assignee_id = $1) and ($2::text is null or t.language = $2)
  and ($3::boolean is null or $3 = exists (
    select from desk.translation x where x.article_id = t.article_id and x.language = t.language
      and x.state <> 'ABANDONED'))
  and ($4::timestamptz is null or (t.assigned_at, t.article_id, t.language) > ($4, $5::uuid, $6::text))
  and ($7::timestamptz is null or (t.assigned_at, t.article_id, t.language) < ($7, $8::uuid, $9::text))`;

const NOTE_CONDITIONS = `
  ($1::uuid is null or n.article_id = $1) and ($2::text is null or n.language = $2)
  and ($3::boolean is null or (n.resolved_at is not null) = $3) and ($4::uuid is null or n.written_by_id = $4)
  and ($5::timestamptz is null or (n.written_at, n.id) < ($5, $6::uuid))
  and ($7::timestamptz is null or (n.written_at, n.id) > ($7, $8::uuid))`;

const NOTES_BESIDE = `
select k.key, f.* from unnest($1::text[], $2::uuid[], $3::text[]) as k (key, article_id, language)
cross join lateral (
  select ${NOTE_COLUMNS} from desk.note n ${NOTE_PEOPLE}
  where n.article_id = k.article_id and (k.language is null or n.language = k.language)
    and ($4::boolean is null or (n.resolved_at is not null) = $4)
  order by n.written_at desc, n.id desc limit ${NOTES_BESIDE_MAX}) f
order by k.key, f."writtenAt" desc, f.id desc`;
