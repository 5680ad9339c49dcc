/** How many statements are kept prepared on each connection: a front end has a few dozen. */
const NAMES_MAX = 64;

/** A statement that was asked this lately keeps its name, so that strangers' statements can not push out the others'. */
const KEPT_MS = 60_000;

interface NamedStatement {
  readonly name: string;
  askedAt: number;
}

/**
 * Names statements that are asked again, so that Postgres parses and plans each once per connection.
 * A name means one text for ever; the number of names that are handed out in a time is bounded.
 */
export class StatementNames {
  private readonly statements = new Map<string, NamedStatement>();
  private seen = new Set<string>();
  private count = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** The statement's name; null when it is asked for the first time, or too many others are asked just now. */
  nameOf(text: string): string | null {
    const known = this.statements.get(text);
    if (known !== undefined) {
      known.askedAt = this.now();
      return known.name;
    }
    if (!this.isSecondTime(text) || !this.makeRoom()) return null;
    this.count += 1;
    const name = `colophon_${this.count}`;
    this.statements.set(text, { name, askedAt: this.now() });
    return name;
  }

  private isSecondTime(text: string): boolean {
    if (this.seen.delete(text)) return true;
    if (this.seen.size >= 10 * NAMES_MAX) this.seen = new Set();
    this.seen.add(text);
    return false;
  }

  /** Forgets the statement that was asked longest ago, if that is long enough. */
  private makeRoom(): boolean {
    if (this.statements.size < NAMES_MAX) return true;
    const [oldest, text] = [...this.statements].reduce<[number, string]>(
      (least, [candidate, { askedAt }]) => (askedAt < least[0] ? [askedAt, candidate] : least),
      [Infinity, ''],
    );
    if (this.now() - oldest < KEPT_MS) return false;
    return this.statements.delete(text);
  }
}
