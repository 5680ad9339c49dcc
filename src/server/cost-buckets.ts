import { LRUCache } from 'lru-cache';

/** Clients that are remembered at one time; who is forgotten begins anew. */
const CLIENTS_MAX = 50_000;

const MINUTE_MS = 60_000;

interface Bucket {
  level: number;
  atMs: number;
}

/**
 * What each client has asked for of late, in points of cost: a bucket that leaks evenly, as much in a minute as it holds.
 * Who fills it waits. One operation may overfill it, so that even the dearest is answered at some time.
 */
export class CostBuckets {
  readonly #buckets = new LRUCache<string, Bucket>({ max: CLIENTS_MAX });
  readonly #leakPerMs: number;
  #spent: Map<string, number> | null = null;

  constructor(readonly pointsPerMinute: number) {
    this.#leakPerMs = pointsPerMinute / MINUTE_MS;
  }

  /** Takes points from a client; answers 0, or the milliseconds to wait when there is no room, and takes none. */
  take(client: string, points: number, nowMs: number): number {
    const bucket = this.#bucketOf(client, nowMs);
    const over = bucket.level - this.pointsPerMinute;
    if (over >= 0) return Math.max(1, Math.ceil((over + 1) / this.#leakPerMs));
    bucket.level += points;
    this.#spent?.set(client, (this.#spent.get(client) ?? 0) + points);
    return 0;
  }

  /** Points that a client may still ask for, and the milliseconds until it may ask for all of them. */
  roomOf(client: string, nowMs: number): { readonly points: number; readonly resetMs: number } {
    const { level } = this.#bucketOf(client, nowMs);
    return { points: Math.max(0, Math.floor(this.pointsPerMinute - level)), resetMs: level / this.#leakPerMs };
  }

  /** What was taken since the last call; from the first call on it is counted. */
  takeSpent(): ReadonlyMap<string, number> {
    const spent = this.#spent ?? new Map<string, number>();
    this.#spent = new Map();
    return spent;
  }

  /** Fills a client's bucket to what all servers together have counted, and what was taken since. */
  setLevel(client: string, level: number, nowMs: number): void {
    this.#buckets.set(client, { level: level + (this.#spent?.get(client) ?? 0), atMs: nowMs });
  }

  #bucketOf(client: string, nowMs: number): Bucket {
    let bucket = this.#buckets.get(client);
    if (bucket === undefined) {
      bucket = { level: 0, atMs: nowMs };
      this.#buckets.set(client, bucket);
    }
    bucket.level = Math.max(0, bucket.level - (nowMs - bucket.atMs) * this.#leakPerMs);
    bucket.atMs = nowMs;
    return bucket;
  }
}
