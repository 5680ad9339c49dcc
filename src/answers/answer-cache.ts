import { LRUCache } from 'lru-cache';
import type { ChangesListener } from '../common/changes.js';

/** What a kept answer is dropped by. */
export interface KeptAnswer {
  readonly sizeBytes: number;
  /** Whether anything that is published may change it. */
  readonly isList: boolean;
  /** The articles that it shows. */
  readonly articleIds: ReadonlySet<string>;
}

/**
 * Keeps answers until what they show is published anew: the least recently asked go first when the room is full.
 * It keeps nothing while it is not told of changes.
 */
export class AnswerCache<Answer extends KeptAnswer> implements ChangesListener {
  readonly #answers: LRUCache<string, Answer> | null;
  readonly #lists = new Set<string>();
  readonly #byArticle = new Map<string, Set<string>>();
  #isToldOfChanges = false;
  #changes = 0;

  /** `bytesMax` 0 keeps nothing. */
  constructor(bytesMax: number) {
    this.#answers =
      bytesMax === 0
        ? null
        : new LRUCache({
            maxSize: bytesMax,
            // One answer never takes the room of all others.
            maxEntrySize: Math.ceil(bytesMax / 16),
            sizeCalculation: (answer, key) =>
              answer.sizeBytes + 2 * key.length + answer.articleIds.size * ARTICLE_BYTES + OVERHEAD_BYTES,
            dispose: (answer, key) => {
              this.#forget(key, answer);
            },
          });
  }

  get(key: string): Answer | undefined {
    return this.#answers?.get(key);
  }

  /** Whether answers are kept just now. */
  get isOpen(): boolean {
    return this.#answers !== null && this.#isToldOfChanges;
  }

  /** How many changes there were: an answer that was begun under another number may be older than it looks. */
  get changes(): number {
    return this.#changes;
  }

  /** Keeps an answer that was begun when there had been so many `changes`. */
  keep(key: string, answer: Answer, changes: number): void {
    if (this.#answers === null || !this.isOpen || changes !== this.#changes) return;
    this.#answers.set(key, answer);
    if (!this.#answers.has(key)) return;
    if (answer.isList) this.#lists.add(key);
    for (const articleId of answer.articleIds) {
      const keys = this.#byArticle.get(articleId);
      if (keys === undefined) this.#byArticle.set(articleId, new Set([key]));
      else keys.add(key);
    }
  }

  /** Articles were published or withdrawn: drops the answers that show them, and all lists. */
  dropArticles(articleIds: readonly string[]): void {
    this.#changes += 1;
    const keys = new Set([...this.#lists, ...articleIds.flatMap((id) => [...(this.#byArticle.get(id) ?? [])])]);
    for (const key of keys) this.#answers?.delete(key);
  }

  /** From now on every change is told; what happened before is not known, so that nothing older is kept. */
  watch(): void {
    this.dropAll();
    this.#isToldOfChanges = true;
  }

  /** Changes are no longer told. */
  unwatch(): void {
    this.#isToldOfChanges = false;
    this.dropAll();
  }

  dropAll(): void {
    this.#changes += 1;
    this.#answers?.clear();
  }

  #forget(key: string, answer: Answer): void {
    this.#lists.delete(key);
    for (const articleId of answer.articleIds) {
      const keys = this.#byArticle.get(articleId);
      keys?.delete(key);
      if (keys?.size === 0) this.#byArticle.delete(articleId);
    }
  }
}

/** What an entry takes beside its texts, about, and beside that for each article that it shows. */
const OVERHEAD_BYTES = 500;
const ARTICLE_BYTES = 400;
