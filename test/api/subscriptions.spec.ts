import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { house } from '../../src/colophon.js';
import { encodeCursor } from '../../src/common/cursor.js';
import { toGlobalId } from '../../src/common/global-id.js';
import { loadConfig } from '../../src/config.js';
import { DatabaseConnection } from '../../src/database/database-connection.js';
import { inTransaction } from '../../src/database/transaction.js';
import { EditionChanges } from '../../src/editions/edition-changes.js';
import { EVENT_LIST } from '../../src/editions/edition-event.type.js';
import { EditionEventsQueries } from '../../src/editions/edition-events.queries.js';
import { EditionsService } from '../../src/editions/editions.service.js';
import { createHttpServer } from '../../src/server/http-server.js';
import { follow as followAt, type Follower, type Protocol, PROTOCOLS } from '../fixtures/following.js';
import {
  articleIdOf,
  givenArticle,
  givenPublished,
  givenReferences,
  givenRevision,
  publish,
} from '../fixtures/given.js';
import { runOn } from '../support/test-database.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const PUBLISHED = /* GraphQL */ `
  subscription Published($after: String, $filter: ArticleFilter, $languages: [LanguageTag!], $fallback: Fallback!) {
    articlePublished(after: $after, filter: $filter, languages: $languages, fallback: $fallback) {
      cursor
      article {
        id
        edition {
          number
        }
        text {
          headline
          language
          isFallback
        }
      }
    }
  }
`;
const WITHDRAWN = /* GraphQL */ `
  subscription ($after: String) {
    articleWithdrawn(after: $after) {
      cursor
      id
      at
    }
  }
`;

let server: TestServer;
let known: string;
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  await givenPublished(server, { headline: 'Le phare' });
  known = await articleIdOf(server, 'Le phare');
}, 60_000);
afterAll(async () => {
  await server.close();
});

const followers: Follower[] = [];
afterEach(async () => {
  await Promise.all(followers.splice(0).map((follower) => follower.stop()));
});

function follow(
  query: string,
  variables: Record<string, unknown> = {},
  protocol: Protocol = 'graphql-ws',
  at = server.url,
) {
  const follower = followAt(at, query, { fallback: 'ORIGINAL', ...variables }, protocol);
  followers.push(follower);
  return follower;
}

/** The cursor of what happened last. */
async function now(): Promise<string> {
  const [row] = await server.database.sql<{ position: string }>(
    'select max(position) as position from edition.edition_event',
  );
  return encodeCursor(EVENT_LIST, [Number(row?.position)]);
}

async function withdraw(articleId: string): Promise<void> {
  await inTransaction(server.app.get(DataSource), (manager) =>
    server.app.get(EditionsService).takeFromReaders(manager, [articleId]),
  );
}

/** The article that a follower is told of next. */
async function nextPublished(follower: Follower): Promise<PublishedArticle> {
  return ((await follower.next())?.data as { articlePublished: PublishedArticle }).articlePublished;
}

async function nextWithdrawn(follower: Follower): Promise<{ id: string; at: string }> {
  return ((await follower.next())?.data as { articleWithdrawn: { id: string; at: string } }).articleWithdrawn;
}

interface PublishedArticle {
  readonly cursor: string;
  readonly article: { readonly id: string; readonly text: { readonly headline: string } };
}

async function givenNew(headline: string): Promise<string> {
  await givenPublished(server, { headline });
  return articleIdOf(server, headline);
}

describe.each(PROTOCOLS)('who follows by %s', (protocol) => {
  it('is told of what is published from now on', async () => {
    const told = nextPublished(follow(PUBLISHED, {}, protocol));
    const state = { isTold: false };
    void told.finally(() => (state.isTold = true));
    for (let i = 0; !state.isTold; i++) await givenNew(`Nouvelle ${i} par ${protocol}`);
    expect((await told).article.text.headline).toMatch(/^Nouvelle \d+ par /);
  });

  it('is told of each publication and withdrawal after a cursor, in the order in which they happened', async () => {
    const after = await now();
    const published = follow(PUBLISHED, { after, languages: ['fr'] }, protocol);
    const withdrawn = follow(WITHDRAWN, { after }, protocol);
    const first = await givenNew(`Le premier par ${protocol}`);
    expect(await nextPublished(published)).toMatchObject({
      article: {
        id: toGlobalId('Article', first),
        edition: { number: 1 },
        text: { language: 'fr', isFallback: false },
      },
    });
    const second = await givenNew(`Le second par ${protocol}`);
    expect((await nextPublished(published)).article.id).toBe(toGlobalId('Article', second));
    await withdraw(second);
    await withdraw(first);
    const told = [await nextWithdrawn(withdrawn), await nextWithdrawn(withdrawn)];
    expect(told.map(({ id }) => id)).toEqual([second, first].map((id) => toGlobalId('Article', id)));
    expect(Date.now() - Date.parse(told[0]?.at ?? '')).toBeLessThan(60_000);
  });

  it('goes on where it was, and misses nothing', async () => {
    const before = follow(PUBLISHED, { after: await now() }, protocol);
    await givenNew(`Avant la pause par ${protocol}`);
    const { cursor } = await nextPublished(before);
    await before.stop();
    const ids = [await givenNew(`Pendant la pause par ${protocol}`), await givenNew(`Encore une par ${protocol}`)];
    const later = follow(PUBLISHED, { after: cursor }, protocol);
    const told = [await nextPublished(later), await nextPublished(later)].map(({ article }) => article.id);
    expect(told).toEqual(ids.map((id) => toGlobalId('Article', id)));
  });

  it('reads why a cursor is refused', async () => {
    const codeOf = async (after: string) =>
      (await follow(PUBLISHED, { after }, protocol).next())?.errors?.[0]?.extensions;
    expect(await codeOf('nonsense')).toEqual({ code: 'BAD_USER_INPUT', argument: 'after' });
    const tooOld = { code: 'CURSOR_TOO_OLD', argument: 'after' };
    expect(await codeOf(encodeCursor(EVENT_LIST, [1_000_000]))).toEqual(tooOld);
    expect(await codeOf(encodeCursor(EVENT_LIST, [0]))).toEqual(tooOld);
  });
});

describe('what is told', () => {
  it('is the newest of several editions, and nothing of an article that was withdrawn since', async () => {
    const after = await now();
    const gone = await givenNew('Retiré aussitôt');
    await withdraw(gone);
    await givenRevision(server, known, 'fr', { headline: 'Le phare, revu' });
    await publish(server, known, 'fr');
    await givenRevision(server, known, 'fr', { headline: 'Le phare, encore revu' });
    await publish(server, known, 'fr');
    const follower = follow(PUBLISHED, { after });
    expect((await nextPublished(follower)).article.text.headline).toBe('Le phare, encore revu');
    const last = await givenNew('Le dernier');
    expect((await nextPublished(follower)).article.id).toBe(toGlobalId('Article', last));
  });

  it('is what the filter lets through, in the language asked for', async () => {
    const after = await now();
    const translated = await givenNew('Le port');
    await givenNew('La gare');
    await givenRevision(server, translated, 'en', { headline: 'The harbour' });
    await publish(server, translated, 'en');
    const english = follow(PUBLISHED, { after, languages: ['en'], fallback: 'NONE' });
    const filtered = follow(PUBLISHED, { after, filter: { availableIn: 'en' } });
    for (const follower of [english, filtered]) {
      expect((await nextPublished(follower)).article.id).toBe(toGlobalId('Article', translated));
    }
  });

  it('is nothing of drafts: not blocked articles, not revisions, not what was never published', async () => {
    const after = await now();
    const blocked = await givenArticle(server, { headline: 'Bloqué', copyright: null });
    expect(blocked.publication.outcome).toBe('blocked');
    await withdraw(blocked.articleId);
    await givenRevision(server, known, 'fr', { headline: 'Un brouillon' });
    const [published, withdrawn] = [follow(PUBLISHED, { after }), follow(WITHDRAWN, { after })];
    const id = await givenNew('Après les brouillons');
    expect((await nextPublished(published)).article.id).toBe(toGlobalId('Article', id));
    await withdraw(id);
    expect((await nextWithdrawn(withdrawn)).id).toBe(toGlobalId('Article', id));
  });

  it('stands in the order of commits, so that nobody reads past what commits later', async () => {
    const { connectionString } = server.database;
    const slow = new Client({ connectionString });
    await slow.connect();
    const insert = `insert into edition.edition_event (article_id, edition_number, is_withdrawal)
      values (gen_random_uuid(), $1, false)`;
    await slow.query('begin');
    await slow.query(insert, [41]);
    await runOn(connectionString, insert, [42]);
    await slow.query('commit');
    await slow.end();
    const rows = await server.database.sql<{ number: number }>(
      'select edition_number as number from edition.edition_event where edition_number > 40 order by position',
    );
    expect(rows.map(({ number }) => number)).toEqual([42, 41]);
  });

  it('is told by every process, and again after the connection that hears of it was lost', async () => {
    const { connectionString } = server.database;
    const config = loadConfig({
      HOST: '127.0.0.1',
      PORT: '0',
      COLOPHON_LOG_LEVEL: 'error',
      COLOPHON_LOG_FORMAT: 'json',
    });
    const other = await createHttpServer(await house.module({ config, connectionString }), config, {
      changes: EditionChanges,
    });
    await other.listen(0, '127.0.0.1');
    await other.get(DatabaseConnection).whenReady();
    try {
      const follower = follow(PUBLISHED, { after: await now() }, 'graphql-ws', await other.getUrl());
      const first = await givenNew('Publié par un autre processus');
      expect((await nextPublished(follower)).article.id).toBe(toGlobalId('Article', first));
      await server.database.endConnections(`application_name = 'colophon-changes'`);
      const second = await givenNew('Publié dans le silence');
      expect((await nextPublished(follower)).article.id).toBe(toGlobalId('Article', second));
      await follower.stop();
    } finally {
      await other.close();
    }
  });

  it('is forgotten after some time, but for the newest', async () => {
    const [old, newest] = [await now(), await givenNew('Le plus récent').then(now)];
    await server.database.sql(`update edition.edition_event set at = now() - interval '31 days'`);
    await server.app.get(EditionEventsQueries).prune(30);
    const first = await follow(PUBLISHED, { after: old }).next();
    expect(first?.errors?.[0]?.extensions.code).toBe('CURSOR_TOO_OLD');
    const follower = follow(PUBLISHED, { after: newest });
    const id = await givenNew('Plus récent encore');
    expect((await nextPublished(follower)).article.id).toBe(toGlobalId('Article', id));
  });
});

it('a server that stops breaks off who follows, so that they come back', async () => {
  const stopping = await startTestServer();
  await givenReferences(stopping);
  await givenPublished(stopping, { headline: 'Avant la fin' });
  await givenPublished(stopping, { headline: 'La fin' });
  const after = encodeCursor(EVENT_LIST, [1]);
  const left = PROTOCOLS.map((protocol) => follow(PUBLISHED, { after }, protocol, stopping.url));
  for (const follower of left) expect((await nextPublished(follower)).article.text.headline).toBe('La fin');
  const ended = Promise.allSettled(left.map((follower) => follower.next()));
  await stopping.close();
  expect((await ended).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
