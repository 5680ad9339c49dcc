import { Injectable } from '@nestjs/common';
import type { Asker } from '../common/asker.js';
import type { PageRequest } from '../common/connection.js';
import { SHARE } from '../database/asked-statement.js';
import { ReadPool } from '../database/read-pool.js';
import { addKeyset, Conditions } from './article-conditions.js';
import type { ReferenceKind } from './edition.entity.js';

/** Something that current editions show, with the name that lists sort it by. */
export interface ShownReference<Facts> {
  readonly id: string;
  readonly kind: ReferenceKind;
  readonly name: string;
  readonly content: Facts;
}

/** A page of references; the count of all is null where it was not asked for. */
export interface ListedReferences<Facts> {
  readonly references: readonly ShownReference<Facts>[];
  readonly totalCount: number | null;
}

const COLUMNS = 'r.id, r.kind, r.name, r.content';

/** A reference is shown while a current edition shows it: a draft's source is a secret too. */
const IS_SHOWN = 'exists (select 1 from article_fact a where a.fact = r.fact)';

/** Reads of the publishers, sources and terms that current editions show. */
@Injectable()
export class ReferencesQueries {
  constructor(private readonly pool: ReadPool) {}

  async findBySlug<Facts>(kind: ReferenceKind, slug: string, asker?: Asker): Promise<ShownReference<Facts> | null> {
    const text = `select ${COLUMNS} from reference r where r.kind = $1 and r.slug = $2 and ${IS_SHOWN}`;
    const [found] = await this.pool.query<ShownReference<Facts>>(
      { text, values: [kind, slug], share: SHARE.brief },
      asker,
    );
    return found ?? null;
  }

  /** The references with these ids, of any of the kinds, in no particular order. */
  async listByIds<Facts>(
    kinds: readonly ReferenceKind[],
    ids: readonly string[],
    asker?: Asker,
  ): Promise<ShownReference<Facts>[]> {
    const text = `select ${COLUMNS} from reference r where r.kind = any ($1) and r.id = any ($2) and ${IS_SHOWN}`;
    return this.pool.query<ShownReference<Facts>>({ text, values: [kinds, ids] }, asker);
  }

  /** All of a kind, by name, however many: for publishers and terms, which people choose from as a whole. */
  async listAll<Facts>(kind: ReferenceKind, asker?: Asker): Promise<ShownReference<Facts>[]> {
    const text = `select ${COLUMNS} from reference r where r.kind = $1 and ${IS_SHOWN} order by r.name, r.id`;
    return this.pool.query<ShownReference<Facts>>({ text, values: [kind] }, asker);
  }

  /** A page of a kind by name, with one row more than asked for, in list order; with how many there are up to a cap. */
  async listPage<Facts>(
    kind: ReferenceKind,
    page: PageRequest,
    countMax: number | null,
    asker?: Asker,
  ): Promise<ListedReferences<Facts>> {
    const conditions = new Conditions();
    const isListed = `r.kind = ${conditions.value(kind)} and ${IS_SHOWN}`;
    conditions.add(isListed);
    addKeyset(conditions, ['r.name', 'r.id'], 'asc', page.after, page.before);
    const direction = page.fromEnd ? 'desc' : 'asc';
    const order = `order by r.name ${direction}, r.id ${direction}`;
    const listed =
      `select ${COLUMNS} from reference r where ${conditions.toSql()} ${order} ` +
      `limit ${conditions.value(page.size + 1)}`;
    const counted = (max: number): string =>
      `select count(*)::integer as "totalCount" from ` +
      `(select from reference r where ${isListed} limit ${conditions.value(max + 1)}) of_list`;
    const text =
      countMax === null
        ? listed
        : `select r.*, counted."totalCount" from (${counted(countMax)}) counted left join (${listed}) r on true ${order}`;
    const rows = await this.pool.query<ListedRow<Facts>>({ text, values: conditions.values }, asker);
    const references = rows.filter((row): row is ShownReference<Facts> & ListedRow<Facts> => row.id !== null);
    return {
      references: page.fromEnd ? references.reverse() : references,
      totalCount: rows[0]?.totalCount ?? null,
    };
  }
}

/** A count comes with a row even where the page is empty. */
type ListedRow<Facts> = (ShownReference<Facts> | { readonly id: null }) & { readonly totalCount?: number };
