import { Client } from 'pg';

import { KEEP_ALIVE } from './session-settings.js';

const LIMIT_MS = 800;

/** Asks the database whether it is there, on a connection of its own: a busy pool is no reason to call it away. */
export class DatabaseProbe {
  private client: Client | null = null;
  private asking: Promise<boolean> | null = null;

  constructor(private readonly connectionString: string) {}

  /** Within a second; those who ask at the same time share one question. */
  isUp(): Promise<boolean> {
    this.asking ??= this.ask().finally(() => {
      this.asking = null;
    });
    return this.asking;
  }

  async close(): Promise<void> {
    await this.asking;
    const client = this.client;
    this.client = null;
    await client?.end().catch(() => undefined);
  }

  private async ask(): Promise<boolean> {
    const client = this.client ?? this.newClient();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => {
        resolve(false);
      }, LIMIT_MS);
    });
    const isUp = await Promise.race([this.question(client), late]);
    clearTimeout(timer);
    this.client = isUp ? client : null;
    // Not awaited: a database that hangs does not answer this either.
    if (!isUp) void client.end().catch(() => undefined);
    return isUp;
  }

  private async question(client: Client): Promise<boolean> {
    try {
      if (client !== this.client) await client.connect();
      await client.query('SELECT 1');
      return true;
    } catch {
      return false;
    }
  }

  private newClient(): Client {
    const client = new Client({
      connectionString: this.connectionString,
      application_name: 'colophon-health',
      connectionTimeoutMillis: LIMIT_MS,
      query_timeout: LIMIT_MS,
      ...KEEP_ALIVE,
    });
    client.on('error', () => {
      if (this.client === client) this.client = null;
    });
    return client;
  }
}
