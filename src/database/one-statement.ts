import type { EntityManager, ObjectLiteral } from 'typeorm';
import { type InsertOptions, insertText, type RowOf } from './insert-rows.js';

/**
 * Several writes that go to Postgres as one statement. Each sees what was there before all of them: none may need, or
 * stand in the way of, what another one writes.
 */
export class OneStatement {
  readonly #parts: string[] = [];
  readonly #values: unknown[] = [];

  constructor(private readonly manager: EntityManager) {}

  /** Adds a parameter; gives its name in the text. */
  value(value: unknown): string {
    return `$${this.#values.push(value)}`;
  }

  /** Adds a write; by its name others read what it returns. */
  add(text: string, name = `w${this.#parts.length}`): this {
    this.#parts.push(`${name} as (${text})`);
    return this;
  }

  /** Adds rows of an entity, as `insertRows` does; under a name, others read these rows by it. */
  insert<Entity extends ObjectLiteral>(
    entity: new () => Entity,
    rows: readonly RowOf<Entity>[],
    { name, ...options }: InsertOptions & { readonly name?: string } = {},
  ): this {
    const insert = insertText(this.manager, entity, rows, (value) => this.value(value), options);
    if (insert === null) return this;
    return name === undefined ? this.add(insert) : this.add(`${insert} returning *`, name);
  }

  /** Does it all; `last` is what the statement ends with and gives. */
  async run<Row>(last = 'select 1'): Promise<Row[]> {
    return this.manager.query<Row[]>(`with ${this.#parts.join(',\n')}\n${last}`, this.#values);
  }
}
