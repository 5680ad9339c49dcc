import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { ChangesListener } from '../common/changes.js';
import { decodeCursor } from '../common/cursor.js';
import { Config } from '../config.js';
import { EditionChanges } from './edition-changes.js';
import { EVENT_LIST } from './edition-event.type.js';
import { EditionEventsQueries } from './edition-events.queries.js';
import { EventStream, type Reading } from './event-stream.js';

/** So many readings are shared until the next change: followers who stand at one place and ask alike read once. */
const SHARED_READINGS_MAX = 1_000;

const PRUNED_EVERY_MS = 3_600_000;

/** Lets readers follow what is published and withdrawn, in this process or in another. */
@Injectable()
export class EditionEvents implements ChangesListener, OnApplicationShutdown {
  readonly #logger = new Logger(EditionEvents.name);
  readonly #streams = new Set<EventStream<unknown>>();
  readonly #shared = new LRUCache<string, Promise<unknown>>({ max: SHARED_READINGS_MAX });
  #pruning: NodeJS.Timeout | null = null;
  #changes = 0;

  constructor(
    private readonly queries: EditionEventsQueries,
    private readonly source: EditionChanges,
    private readonly config: Config,
  ) {}

  /** How many changes were heard of: what was read under another number may have changed. */
  get changes(): number {
    return this.#changes;
  }

  /** Begins to hear of changes, and to forget what is old. */
  begin(): void {
    if (this.#pruning !== null) return;
    this.source.tell(this);
    this.#pruning = setInterval(() => {
      this.queries.prune(this.config.eventDays).catch((error: unknown) => {
        this.#logger.debug(`Old events are not forgotten: ${(error as Error).message}`);
      });
    }, PRUNED_EVERY_MS).unref();
  }

  /**
   * Follows from a cursor on, or from now on.
   * Throws BAD_USER_INPUT for what is no cursor, and CURSOR_TOO_OLD where something after it is forgotten.
   */
  async follow<Told>(after: string | null, read: Reading<Told>): Promise<EventStream<Told>> {
    this.begin();
    const stream = new EventStream<Told>(this, await this.#placeOf(after), read, () => {
      this.#streams.delete(stream);
    });
    this.#streams.add(stream);
    return stream;
  }

  /** What was read under this name since the last change, or what is read now. */
  async share<Read>(name: string, read: () => Promise<Read>): Promise<Read> {
    const key = `${this.#changes} ${name}`;
    let reading = this.#shared.get(key) as Promise<Read> | undefined;
    if (reading === undefined) {
      reading = read();
      this.#shared.set(key, reading);
      reading.catch(() => {
        this.#shared.delete(key);
      });
    }
    return reading;
  }

  watch(): void {
    this.#wake();
  }

  unwatch(): void {
    // Who waits goes on waiting: all that happens meanwhile is read when changes are heard again.
  }

  dropArticles(): void {
    this.#wake();
  }

  onApplicationShutdown(): void {
    if (this.#pruning !== null) clearInterval(this.#pruning);
    for (const stream of [...this.#streams]) void stream.return();
  }

  #wake(): void {
    this.#changes += 1;
    this.#shared.clear();
    for (const stream of this.#streams) stream.wake();
  }

  async #placeOf(after: string | null): Promise<number> {
    const [position] = after === null ? [null] : decodeCursor(EVENT_LIST, after, 'after');
    const { oldest, newest } = await this.queries.bounds();
    if (typeof position !== 'number') return newest ?? 0;
    if (oldest === null || newest === null || position < oldest || position > newest) {
      throw new GraphQLError(
        'What happened after this cursor is no longer known. Ask for what you show anew, and follow from now on.',
        { extensions: { code: 'CURSOR_TOO_OLD', argument: 'after' } },
      );
    }
    return position;
  }
}
