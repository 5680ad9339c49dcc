import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CostBuckets } from './cost-buckets.js';

/** How often servers tell each other: for so long a client may ask each of them for what all of them allow. */
const EXCHANGE_MS = 1_000;

/** Empty buckets are cleared away as often as a full one needs to run empty. */
const CLEAR_EVERY = 60;

/**
 * Adds what clients have asked of this server to what they have asked of the others, in Postgres: one statement a second
 * while there is something to tell, and none on the way of a request.
 */
@Injectable()
export class SharedBuckets implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(SharedBuckets.name);
  private readonly stopping = new AbortController();
  private exchanging: Promise<void> | null = null;

  constructor(
    private readonly buckets: CostBuckets,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  onApplicationBootstrap(): void {
    if (this.buckets.pointsPerMinute === 0) return;
    // From here on it is counted what there is to tell.
    this.buckets.takeSpent();
    this.exchanging = this.keepExchanging();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.exchanging;
  }

  private async keepExchanging(): Promise<void> {
    const { signal } = this.stopping;
    for (let i = 1; !signal.aborted; i++) {
      try {
        await this.exchange();
        if (i % CLEAR_EVERY === 0) await this.clear();
      } catch (error) {
        // Without Postgres each server counts for itself.
        this.logger.debug(`What clients asked for is not shared: ${(error as Error).message}`);
      }
      await sleep(EXCHANGE_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private async exchange(): Promise<void> {
    // In one order everywhere: two servers never wait for each other.
    const spent = [...this.buckets.takeSpent()].sort(([a], [b]) => (a < b ? -1 : 1));
    if (spent.length === 0 || !this.dataSource.isInitialized) return;
    const rows: { readonly client: string; readonly level: number }[] = await this.dataSource.query(
      `insert into server.client_cost as c (client, level, at)
       select client, points, clock_timestamp() from unnest($1::text[], $2::float8[]) as spent (client, points)
       on conflict (client) do update set
         level = greatest(0, c.level - extract(epoch from clock_timestamp() - c.at) * $3::float8) + excluded.level,
         at = clock_timestamp()
       returning client, level`,
      [spent.map(([client]) => client), spent.map(([, points]) => points), this.buckets.pointsPerMinute / 60],
    );
    for (const { client, level } of rows) this.buckets.setLevel(client, level, performance.now());
  }

  private async clear(): Promise<void> {
    await this.dataSource.query(
      `delete from server.client_cost where at < clock_timestamp() - make_interval(secs => level / $1::float8)`,
      [this.buckets.pointsPerMinute / 60],
    );
  }
}
