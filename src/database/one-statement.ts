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

  /** Adds rows of an entity, as `insertRows` does. */
  insert<Entity extends ObjectLiteral>(
    entity: new () => Entity,
    rows: readonly RowOf<Entity>[],
    options: InsertOptions = {},
  ): this {
    const insert = insertText(this.manager, entity, rows, (value) => this.value(value), options);
    return insert === null ? this : this.add(insert);
  }

  async run(): Promise<void> {
    if (this.#parts.length === 0) return;
    await this.manager.query(`with ${this.#parts.join(',\n')}\nselect 1`, this.#values);
  }
}
