import type { DataSource } from 'typeorm';
import { groupBy } from '../common/group-by.js';

/** A state of a text that is kept for good, without its body. */
export interface RevisionFacts {
  readonly id: string;
  readonly translationId: string;
  readonly number: number;
  readonly headline: string;
  readonly dek: string | null;
  /** Why it was made. */
  readonly reason: string;
  /** As they were called then; null where an import has made it. */
  readonly madeBy: string | null;
  readonly madeById: string | null;
  readonly createdAt: string;
  /** What it was made from; null for an original's. */
  readonly sourceRevisionId: string | null;
}

/** The facts of a revision `r` as one JSON value. */
const REVISION_AS_JSON = `json_build_object('id', r.id, 'translationId', r.translation_id, 'number', r.number,
  'headline', r.headline, 'dek', r.dek, 'reason', r.reason, 'madeBy', r.made_by,
  'madeById', r.made_by_id, 'createdAt', r.created_at,
  'sourceRevisionId', r.source_revision_id)`;

/** Revisions by their ids, by one statement; those that there are not are left out. */
export async function listRevisionFacts(
  dataSource: DataSource,
  ids: readonly string[],
): Promise<Map<string, RevisionFacts>> {
  const rows = await dataSource.query<{ revision: RevisionFacts }[]>(
    `select ${REVISION_AS_JSON} as revision from desk.revision r where r.id = any ($1)`,
    [ids],
  );
  return new Map(rows.map(({ revision }) => [revision.id, revision]));
}

/** Which revisions of each text are wanted. Their numbers lie between these, the newest first. */
export interface RevisionPage {
  readonly below: number | null;
  readonly above: number | null;
  /** Whether to begin with the oldest. */
  readonly fromEnd: boolean;
  readonly limit: number;
}

/** The same page of the revisions of several texts, by the text's id, by one statement: each with the newest first. */
export async function listRevisionPages(
  dataSource: DataSource,
  translationIds: readonly string[],
  { below, above, fromEnd, limit }: RevisionPage,
): Promise<Map<string, RevisionFacts[]>> {
  const rows = await dataSource.query<{ revision: RevisionFacts }[]>(
    `select ${REVISION_AS_JSON} as revision from unnest($1::uuid[]) w (id)
     cross join lateral (
       select * from desk.revision x where x.translation_id = w.id
         and ($2::integer is null or x.number < $2) and ($3::integer is null or x.number > $3)
       order by x.number ${fromEnd ? 'asc' : 'desc'} limit $4) r
     order by w.id, r.number desc`,
    [translationIds, below, above, limit],
  );
  return groupBy(
    rows.map(({ revision }) => revision),
    ({ translationId }) => translationId,
  );
}

/** The bodies of revisions in Markdown, by their ids. */
export async function listRevisionBodies(dataSource: DataSource, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await dataSource.query<{ id: string; body: string }[]>(
    'select id, body from desk.revision where id = any ($1)',
    [ids],
  );
  return new Map(rows.map(({ id, body }) => [id, body]));
}
