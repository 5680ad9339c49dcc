import type { DataSource } from 'typeorm';
import type { PageRequest } from '../../common/connection.js';
import { filteredList, isName, type PagedList } from '../../common/cursor.js';
import type { LanguageTag } from '../../common/language-tag.js';
import type { AgentKind, TermScheme } from '../../common/vocabulary.js';
import type { SourceFacts } from '../../sources/source.type.js';
import { writtenForm } from '../../taxonomy/written-form.js';
import type { TermFacts } from '../../taxonomy/term.type.js';
import { Conditions } from './conditions.js';
import { containing } from './containing.js';

/** A publisher as somebody needs to know it who writes an article for it. */
export interface DeskPublisherFacts {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly language: LanguageTag;
  /** Of its pages: one for each of its wrappers. */
  readonly pageLanguages: readonly LanguageTag[];
}

export interface AgentFacts {
  readonly name: string;
  readonly kind: AgentKind | null;
}

export interface DeskTermFacts extends TermFacts {
  readonly isListed: boolean;
}

export const deskSourceList = (search: string | null): PagedList =>
  filteredList({ name: 'deskSources:NAME_ASC', key: [isName] }, { search });

export const deskAgentList = (search: string | null): PagedList =>
  filteredList({ name: 'deskAgents:NAME_ASC', key: [isName] }, { search });

export const deskTermList = (scheme: TermScheme, search: string | null): PagedList =>
  filteredList({ name: 'deskTerms:SLUG_ASC', key: [isName] }, { scheme, search });

/** All publishers, whether they carry anything yet or not, by name. */
export async function listPublishers(dataSource: DataSource): Promise<DeskPublisherFacts[]> {
  return dataSource.query<DeskPublisherFacts[]>(
    `select p.id, p.slug, p.name, p.language, array(select w.language from desk.wrapper w
       where w.publisher_id = p.id order by w.language collate "C") as "pageLanguages"
     from desk.publisher p order by p.name, p.id`,
  );
}

/** A page of sources with one more than asked for, by name: drafts', too. */
export async function listSources(
  dataSource: DataSource,
  search: string | null,
  page: PageRequest,
): Promise<SourceFacts[]> {
  return listNamed(dataSource, 's.id, s.slug, s.name, s.url from desk.source s', 's.name', search, page);
}

/** A page of those who are credited with anything, with one more than asked for, by name: in drafts, too. */
export async function listAgents(
  dataSource: DataSource,
  search: string | null,
  page: PageRequest,
): Promise<AgentFacts[]> {
  return listNamed(dataSource, 'g.name, g.kind from desk.agent g', 'g.name', search, page);
}

/** Names are unique, and their index has them in order: a name alone is a place. */
async function listNamed<Row>(
  dataSource: DataSource,
  selected: string,
  column: string,
  search: string | null,
  page: PageRequest,
): Promise<Row[]> {
  const conditions = new Conditions();
  if (search !== null) conditions.add(`${column} ilike ${conditions.value(containing(search), 'text')}`);
  return listBy(dataSource, selected, column, conditions, page);
}

/** A page of the terms of a list with one more than asked for, by slug; found by all that pages write for them. */
export async function listTerms(
  dataSource: DataSource,
  scheme: TermScheme,
  search: string | null,
  page: PageRequest,
): Promise<DeskTermFacts[]> {
  const conditions = new Conditions();
  const list = conditions.value(scheme, 'text');
  conditions.add(`t.scheme = ${list}`);
  if (search !== null) {
    const written = conditions.value(containing(writtenForm(search)), 'text');
    conditions.add(
      `t.id in (select a.term_id from desk.term_alias a where a.scheme = ${list} and a.folded like ${written})`,
    );
  }
  return listBy(dataSource, TERMS, 't.slug', conditions, page);
}

const TERMS = `t.id, t.scheme, t.slug, t.is_listed as "isListed", (select coalesce(json_object_agg(l.language, l.label), '{}')
  from desk.term_label l where l.term_id = t.id) as labels from desk.term t`;

async function listBy<Row>(
  dataSource: DataSource,
  selected: string,
  column: string,
  conditions: Conditions,
  { size, fromEnd, after, before }: PageRequest,
): Promise<Row[]> {
  if (after !== null) conditions.add(`${column} > ${conditions.value(after[0], 'text')}`);
  if (before !== null) conditions.add(`${column} < ${conditions.value(before[0], 'text')}`);
  const rows = await dataSource.query<Row[]>(
    `select ${selected} where ${conditions.toSql()} order by ${column} ${fromEnd ? 'desc' : 'asc'}
     limit ${conditions.value(size + 1, 'integer')}`,
    conditions.values,
  );
  return fromEnd ? rows.reverse() : rows;
}
