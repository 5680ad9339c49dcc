import type { QueryConfig } from 'pg';
import { type Asker, CalledOffError } from '../common/asker.js';

/**
 * What part of a connection a statement takes. Brief ones are led to a few rows at once by indexes; short ones look at some
 * hundred rows as a rule. Anything else has a connection to itself: nobody else is to wait for it.
 */
export const SHARE = { brief: 0.125, short: 0.25, whole: 1 } as const;

/** One of SHARE's. */
export type Share = (typeof SHARE)[keyof typeof SHARE];

/** A statement for as long as somebody waits for its rows. */
export class AskedStatement {
  /** As `pg` reads them. */
  readonly rows: Promise<unknown[]>;
  /** Called when whoever asked leaves: whoever has the statement in hand says what then. */
  whenLeft: (() => void) | null = null;
  #settle: { readonly resolve: (rows: unknown[]) => void; readonly reject: (error: Error) => void } | null = null;
  readonly #forget: (() => void) | undefined;

  /** `share`: what part of a connection it takes. */
  constructor(
    readonly query: QueryConfig,
    readonly share: Share,
    asker: Asker | undefined,
  ) {
    this.rows = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.#forget = asker?.whenLeaving(() => {
      this.#settle?.reject(asker.calledOff ?? new CalledOffError('GONE'));
      this.#settle = null;
      this.whenLeft?.();
    });
  }

  /** Whether nobody waits any more. */
  get isOver(): boolean {
    return this.#settle === null;
  }

  /** Gives whoever waits the rows. */
  answer(rows: unknown[]): void {
    this.#forget?.();
    this.#settle?.resolve(rows);
    this.#settle = null;
  }

  /** Tells whoever waits why there are none. */
  refuse(error: Error): void {
    this.#forget?.();
    this.#settle?.reject(error);
    this.#settle = null;
  }
}
