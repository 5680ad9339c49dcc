import { Injectable } from '@nestjs/common';
import type { GraphQLResolveInfo } from 'graphql';
import { LRUCache } from 'lru-cache';
import { keptFieldOf } from '../common/kept-json.js';
import type { LanguagePreference, LanguageTag } from '../common/language-tag.js';
import { Config } from '../config.js';
import type { ReadQuery } from '../database/read-pool.js';

/** An article as one selection shows it, written. */
export interface WrittenArticle {
  readonly json: string;
  /** The language of the text that it serves; null where it shows none. */
  readonly language: LanguageTag | null;
}

/** Selections, and questions, that are remembered at one time. */
const SHELVES_MAX = 1_000;
const QUESTIONS_MAX = 1_000;

/** Longer ones are rare, and would take the room of many. */
const SHELF_KEY_LENGTH_MAX = 1_000;
const QUESTION_LENGTH_MAX = 8_000;

/** What an entry takes beside its texts, about. */
const OVERHEAD_BYTES = 200;

/**
 * Keeps articles as they were written for answers, by their editions, which never change. It keeps no answers: which
 * articles an answer shows, and in which editions, is asked of Postgres every time.
 */
@Injectable()
export class WrittenArticles {
  readonly #written: LRUCache<string, WrittenArticle> | null;
  readonly #shelves = new LRUCache<string, WrittenShelf>({ max: SHELVES_MAX });
  readonly #answered = new LRUCache<string, readonly ShelfPlace[]>({ max: QUESTIONS_MAX });
  #count = 0;

  constructor({ writtenArticlesMb }: Config) {
    const maxSize = writtenArticlesMb * 1_000_000;
    this.#written =
      maxSize === 0
        ? null
        : new LRUCache({
            maxSize,
            sizeCalculation: ({ json }, key) => 2 * json.length + key.length + OVERHEAD_BYTES,
          });
  }

  /** Where the field being resolved keeps what it writes for these languages; null where nothing is kept. */
  shelfOf(info: GraphQLResolveInfo, preference: LanguagePreference): WrittenShelf | null {
    const field = keptFieldOf(info);
    if (field === null || this.#written === null) return null;
    // What is left out is left out of the key, too: it is not the same as null.
    const values = field.variableNames.map((name) => [name, info.variableValues[name]]);
    const key = JSON.stringify([field.id, preference.asked, Object.fromEntries(values)]);
    if (key.length > SHELF_KEY_LENGTH_MAX) return null;
    let shelf = this.#shelves.get(key);
    if (shelf === undefined) {
      shelf = new WrittenShelf(`${++this.#count} `, this.#written, this.#answered);
      this.#shelves.set(key, shelf);
    }
    return shelf;
  }
}

/** A statement, and by what its last answer is known; null where that is not remembered. */
export interface Question extends ReadQuery {
  readonly values: readonly unknown[];
  readonly key: string | null;
}

/** Where an edition stands on a shelf. */
export interface ShelfPlace {
  readonly editionId: string;
  readonly key: string;
}

/** Articles as one selection writes them in the same languages. */
export class WrittenShelf {
  /** The questions of requests that are sent again, by their variables. */
  readonly questions = new WeakMap<object, Question>();

  constructor(
    private readonly prefix: string,
    private readonly written: LRUCache<string, WrittenArticle>,
    private readonly answered: LRUCache<string, readonly ShelfPlace[]>,
  ) {}

  /** A question that a statement asks for what is on this shelf. */
  questionOf({ values = [], ...query }: ReadQuery): Question {
    const key = `${this.prefix}${query.text}\n${JSON.stringify(values)}`;
    return { ...query, values, key: key.length > QUESTION_LENGTH_MAX ? null : key };
  }

  /** The editions that a question was answered with the last time. */
  answeredWith({ key }: Question): readonly ShelfPlace[] {
    return (key === null ? undefined : this.answered.get(key)) ?? [];
  }

  find({ key }: ShelfPlace): WrittenArticle | undefined {
    return this.written.get(key);
  }

  findEdition(editionId: string): WrittenArticle | undefined {
    return this.written.get(this.prefix + editionId);
  }

  /** Remembers which editions a question was answered with. */
  remember({ key }: Question, editionIds: readonly string[]): void {
    if (key === null) return;
    const places = editionIds.map((editionId) => ({ editionId, key: this.prefix + editionId }));
    this.answered.set(key, places);
  }

  keep(editionId: string, { json, language }: WrittenArticle): void {
    // Written anew in one piece: what was put together holds on to all its parts.
    this.written.set(this.prefix + editionId, { json: Buffer.from(json).toString(), language });
  }
}
