/** Settings of Postgres that hold for every session of a pool, by their names in Postgres. */
export type SessionSettings = Readonly<Record<string, string | number>>;

/**
 * A connection string whose sessions start with the settings. They come after what the string itself asks for,
 * so that nobody's `options` can switch off a limit of ours.
 */
export function withSessionSettings(connectionString: string, settings: SessionSettings): string {
  const url = new URL(connectionString);
  const ours = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  const given = url.searchParams.get('options');
  url.searchParams.set('options', [...(given === null ? [] : [given]), ...ours].join(' '));
  return url.href;
}

/** Finds a connection that is dead without having said so, as after a cable was pulled. */
export const KEEP_ALIVE = { keepAlive: true, keepAliveInitialDelayMillis: 5000 } as const;
