import { Injectable } from '@nestjs/common';
import type { PageRequest } from '../common/connection.js';
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

const COLUMNS = 'r.id, r.kind, r.name, r.content';

/** A reference is shown while a current edition shows it: a draft's source is a secret too. */
const IS_SHOWN = 'exists (select 1 from article_reference a where a.kind = r.kind and a.reference_id = r.id)';

/** Reads of the publishers, sources and terms that current editions show. */
@Injectable()
export class ReferencesQueries {
  constructor(private readonly pool: ReadPool) {}

  async findBySlug<Facts>(kind: ReferenceKind, slug: string): Promise<ShownReference<Facts> | null> {
    const [found] = await this.pool.query<ShownReference<Facts>>({
      text: `select ${COLUMNS} from reference r where r.kind = $1 and r.slug = $2 and ${IS_SHOWN}`,
      values: [kind, slug],
    });
    return found ?? null;
  }

  /** The references with these ids, of any of the kinds, in no particular order. */
  async listByIds<Facts>(kinds: readonly ReferenceKind[], ids: readonly string[]): Promise<ShownReference<Facts>[]> {
    return this.pool.query<ShownReference<Facts>>({
      text: `select ${COLUMNS} from reference r where r.kind = any ($1) and r.id = any ($2) and ${IS_SHOWN}`,
      values: [kinds, ids],
    });
  }

  /** All of a kind, by name, however many: for publishers and terms, which people choose from as a whole. */
  async listAll<Facts>(kind: ReferenceKind): Promise<ShownReference<Facts>[]> {
    return this.pool.query<ShownReference<Facts>>({
      text: `select ${COLUMNS} from reference r where r.kind = $1 and ${IS_SHOWN} order by r.name, r.id`,
      values: [kind],
    });
  }

  /** A page of a kind by name, with one row more than asked for, in list order. */
  async listPage<Facts>(kind: ReferenceKind, page: PageRequest): Promise<ShownReference<Facts>[]> {
    const conditions = new Conditions();
    conditions.add(`r.kind = ${conditions.value(kind)} and ${IS_SHOWN}`);
    addKeyset(conditions, ['r.name', 'r.id'], 'asc', page.after, page.before);
    const direction = page.fromEnd ? 'desc' : 'asc';
    const rows = await this.pool.query<ShownReference<Facts>>({
      text:
        `select ${COLUMNS} from reference r where ${conditions.toSql()} ` +
        `order by r.name ${direction}, r.id ${direction} limit ${conditions.value(page.size + 1)}`,
      values: conditions.values,
    });
    return page.fromEnd ? rows.reverse() : rows;
  }

  async count(kind: ReferenceKind): Promise<number> {
    const [row] = await this.pool.query<{ count: number }>({
      text: `select count(*)::integer as count from reference r where r.kind = $1 and ${IS_SHOWN}`,
      values: [kind],
    });
    return row?.count ?? 0;
  }
}
