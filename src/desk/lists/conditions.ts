/** What a list asks for, put together as SQL: values are parameters, always. */
export class Conditions {
  readonly #parts: string[] = [];
  readonly values: unknown[] = [];

  /** Adds a parameter; gives its name in the text. */
  value(value: unknown, type: string): string {
    return `$${this.values.push(value)}::${type}`;
  }

  /** Adds what has to hold. */
  add(condition: string): void {
    this.#parts.push(`(${condition})`);
  }

  toSql(): string {
    return this.#parts.length === 0 ? 'true' : this.#parts.join(' and ');
  }
}
