/** Two servers on one database have different clocks: `node test/drills/clocks-apart.js`. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { closeDesk, openDesk } from './desk-server.js';
import { approve, givenArticle, givenEditors, signIn } from './desk-people.js';
import { runDrill } from './drill.js';
import { Refused, ServerProcess } from './server-process.js';

const DATABASE = 'clocks';
const PRELOAD = pathToFileURL(join(import.meta.dirname, 'shifted-clock.js')).href;

/** How the first server's clock is wrong: seconds, or a jump back while it runs. */
const CLOCKS = ['-3600', '3600', '-86400', 'back'];

/** From when something is due to when both servers have it: the queue is asked every two seconds. */
const LONGEST_LATE_MS = 20_000;

/** What is about to end ends so much later, by Postgres' clock. */
const SOON_MS = 4_000;

/** What Postgres is asked for a moment, and what comes of it here, may lie so far apart. */
const BLUR_MS = 150;

const HELD = `... on TextLocked { lock { endsAt } } ... on TextHeld { lock { endsAt holder { name } } }`;

await runDrill('clocks-apart', { minutes: 6 }, async (drill) => {
  const { postgres, product, tally } = drill;
  const { servers, admin } = await openDesk(drill, DATABASE, [{}]);
  const [editor, colleague] = await givenEditors(admin, 2);
  const { newSecret } = await import(join(product, 'accounts', 'secrets.js'));
  const right = servers[0];
  const query = (text, values) => postgres.query(DATABASE, text, values);
  const clock = async () => (await query('select clock_timestamp() as now'))[0].now.getTime();
  /** Whether somebody is let in at a server by a secret. */
  const isIn = async (server, secret) => {
    try {
      return (await server.ask('{ desk { me { email } } }', {}, secret)).desk !== null;
    } catch (error) {
      if (error instanceof Refused && error.code === 'UNAUTHENTICATED') return false;
      throw error;
    }
  };
  const expect = (holds, what) => {
    if (holds) tally.acked++;
    else tally.answeredWrong(what);
  };

  for (const wrongClock of CLOCKS) {
    const shifted = await ServerProcess.start(product, postgres.urlOf(DATABASE), {
      preload: PRELOAD,
      settings: { DRILL_CLOCK: wrongClock },
    });
    const both = [shifted, right];
    const told = (what) => `clock ${wrongClock}: ${what}`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', PRELOAD, '-p', 'Date.now()'], {
      env: { DRILL_CLOCK: wrongClock },
    });
    const shift = (Number(stdout) - Date.now()) / 1000;
    expect(Math.abs(shift - (wrongClock === 'back' ? 0 : Number(wrongClock))) < 5, told(`is wrong by ${shift} s`));

    await judgePast(both, told);
    await Promise.all([publishLater(both, told), endSoon(both, told), holdText(both, told), useCodes(both, told)]);
    await writeInTurn(both, told);
    tally.rounds++;
    await closeDesk(drill, [shifted]);
  }

  /** An approved text, to be published. */
  async function givenApproved() {
    const article = await givenArticle(drill, DATABASE, editor);
    const text = await approve(editor, article.translations[0]);
    return { article, text };
  }

  function at({ id, version }) {
    return { translationId: id, expectedVersion: version };
  }

  function scheduleAt({ article, text }, moment, server) {
    return editor.do(
      'schedulePublication',
      {
        articleId: article.id,
        language: 'fr',
        expectedRevision: text.revision.number,
        at: new Date(moment).toISOString().slice(0, 19),
        timeZone: 'UTC',
      },
      '... on PublicationScheduled { schedule { dueAt } }',
      server,
    );
  }

  /** What has passed by Postgres' clock has passed, whatever a server believes; what has not can be had. */
  async function judgePast(both, told) {
    const ready = await givenApproved();
    for (const server of both) {
      const result = await scheduleAt(ready, (await clock()) - 1_800_000, server);
      expect(result.code === 'MOMENT_PASSED', told(`half an hour ago could be scheduled: ${JSON.stringify(result)}`));
    }
  }

  /** Published when Postgres' clock says so: at neither server early, at both soon. */
  async function publishLater(both, told) {
    const ready = await givenApproved();
    // Whole seconds, as people say them.
    const dueAt = Math.ceil((await clock()) / 1000) * 1000 + 5_000;
    const scheduled = await scheduleAt(ready, dueAt, both[0]);
    expect(Date.parse(scheduled.schedule?.dueAt) === dueAt, told(`not scheduled: ${JSON.stringify(scheduled)}`));
    const seenAt = await Promise.all(
      both.map(async (server) => {
        for (;;) {
          const { node } = await server.ask('query ($id: ID!) { node(id: $id) { id } }', { id: ready.article.id });
          const now = await clock();
          if (node !== null || now > dueAt + LONGEST_LATE_MS) return node === null ? Infinity : now;
          await sleep(100);
        }
      }),
    );
    for (const [place, moment] of seenAt.entries()) {
      expect(moment >= dueAt, told(`server ${place} has published ${dueAt - moment} ms early`));
      if (moment === Infinity) tally.lost++;
      else tally.recoveries.push((moment - dueAt) / 1000);
    }
    const [issued] = await query(
      'select count(*)::int as editions, min(issued_at) as at from edition.edition where article_id = $1',
      [Buffer.from(ready.article.id, 'base64url').toString().split(':')[1]],
    );
    if (issued.editions > 1) tally.duplicate++;
    expect(issued.at?.getTime() >= dueAt, told(`the edition says that it was issued at ${String(issued.at)}`));
  }

  /** Sessions, tokens and replaced secrets are good until Postgres' clock says otherwise, and then nowhere. */
  async function endSoon(both, told) {
    const [shifted] = both;
    const { email } = colleague;
    const opened = await Promise.all(both.map((server) => signIn(server, email)));
    const [session, idle] = opened.map(({ secret }) => secret);
    const asked = await clock();
    const made = await opened[0].do(
      'createApiToken',
      { name: `A token ${tally.rounds}`, scopes: ['READ_DESK'], days: 1 },
      '... on ApiTokenCreated { secret apiToken { expiresAt } }',
      shifted,
    );
    const days = (Date.parse(made.apiToken?.expiresAt) - asked) / 86_400_000;
    expect(Math.abs(days - 1) < 0.001, told(`a token for a day is good for ${days}`));
    for (const server of both) {
      for (const secret of [session, idle, made.secret]) {
        expect(await isIn(server, secret), told('what was just given out is refused'));
      }
    }
    const hash = (secret) => createHash('sha256').update(secret).digest();
    const soon = `clock_timestamp() + interval '${SOON_MS} milliseconds'`;
    const sessionOf = '(select session_id from account.session_secret where hash = $1)';
    await query(`update account.session set expires_at = ${soon} where id = ${sessionOf}`, [hash(session)]);
    await query(`update account.session set last_used_at = ${soon} - interval '720 minutes' where id = ${sessionOf}`, [
      hash(idle),
    ]);
    await query(`update account.api_token set expires_at = ${soon} where hash = $1`, [hash(made.secret)]);
    const endsAt = (await clock()) + SOON_MS;
    for (const server of both) {
      expect(await isIn(server, session), told('a session ends early'));
      expect(await isIn(server, made.secret), told('a token ends early'));
    }
    await sleep(Math.max(0, endsAt + BLUR_MS - (await clock())));
    for (const server of both) {
      for (const [name, secret] of Object.entries({ session, idle, token: made.secret })) {
        expect(!(await isIn(server, secret)), told(`${name} is still good`));
      }
    }
    // A secret that was replaced is good for half a minute more, and then somebody else's.
    const replaced = await signIn(shifted, email);
    const newer = await replaced.server.ask(
      'mutation ($input: RefreshSessionInput!) { result: refreshSession(input: $input) { ... on SignedIn { secret } } }',
      { input: { secret: replaced.secret } },
    );
    for (const server of both)
      expect(await isIn(server, replaced.secret), told('a replaced secret is refused at once'));
    await query(
      `update account.session_secret set replaced_at = clock_timestamp() - interval '31 seconds' where hash = $1`,
      [hash(replaced.secret)],
    );
    for (const secret of [replaced.secret, newer.result.secret]) {
      for (const server of both) expect(!(await isIn(server, secret)), told('a replayed secret is good'));
    }
  }

  /** A text is held until Postgres' clock says otherwise. */
  async function holdText(both, told) {
    const { translations } = await givenArticle(drill, DATABASE, editor);
    const translationId = translations[0].id;
    await query('delete from desk.text_lock');
    const asked = await clock();
    const { lock } = await editor.do('lockText', { translationId }, HELD, both[0]);
    const minutes = (Date.parse(lock.endsAt) - asked) / 60_000;
    expect(Math.abs(minutes - 5) < 0.1, told(`a text is held for ${minutes} minutes`));
    for (const server of both) {
      const held = await colleague.do('lockText', { translationId }, HELD, server);
      expect(held.code === 'TEXT_HELD', told(`a text that is held can be had: ${JSON.stringify(held)}`));
      const seen = await colleague.desk(`translation(id: "${translationId}") { lock { endsAt } }`, server);
      expect(seen.translation.lock?.endsAt === lock.endsAt, told(`who holds it is not seen`));
    }
    await query(`update desk.text_lock set ends_at = clock_timestamp() - interval '1 second'`);
    for (const server of both) {
      const seen = await colleague.desk(`translation(id: "${translationId}") { lock { endsAt } }`, server);
      expect(seen.translation.lock === null, told('what has ended is still held'));
    }
    const had = await colleague.do('lockText', { translationId }, HELD, both[0]);
    expect(had.code === undefined, told('what nobody holds can not be had'));
  }

  /** Codes with which people come back from a provider are good for a minute of Postgres', once. */
  async function useCodes(both, told) {
    const verifier = 'a text that only the page knows that began, long enough';
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const exchange = async (server, code) => {
      const { result } = await server.ask(
        `mutation ($input: ExchangeSignInCodeInput!) { result: exchangeSignInCode(input: $input) {
          ... on SignedIn { secret } ... on Problem { code } } }`,
        { input: { code, verifier } },
      );
      return result.secret === undefined ? result.code : 'SIGNED_IN';
    };
    for (const server of both) {
      for (const [seconds, outcome] of [
        [2, 'SIGNED_IN'],
        [-0.2, 'SECRET_REFUSED'],
      ]) {
        const { text, hash } = newSecret('signInCode');
        await query(
          `insert into account.sign_in_code (hash, account_id, challenge, expires_at)
           select $1, a.id, $2, clock_timestamp() + $3 * interval '1 second' from account.account a where a.email = $4`,
          [hash, challenge, seconds, colleague.email],
        );
        const came = await exchange(server, text);
        expect(came === outcome, told(`a code that ends in ${seconds} s comes to ${came}`));
        expect((await exchange(server, text)) === 'SECRET_REFUSED', told('a code is good twice'));
      }
    }
  }

  /** Written here and there in turn: the lists have them in the order of the writing, page by page from either server. */
  async function writeInTurn(both, told) {
    const written = [];
    for (let place = 0; place < 6; place++) {
      const server = both[place % 2];
      const asked = await clock();
      const { id, translations } = await givenArticle(drill, DATABASE, editor, { headline: `In turn ${place}` });
      const done = await editor.do(
        'saveRevision',
        { ...at(translations[0]), body: `Written in turn, ${place}.`, reason: 'A drill' },
        `... on RevisionSaved { revision { madeAt: createdAt } translation { changedAt article { updatedAt } } }`,
        server,
      );
      const { changedAt, article } = done.translation;
      for (const moment of [done.revision.madeAt, changedAt, article.updatedAt]) {
        const late = Date.parse(moment) - asked;
        expect(late > -BLUR_MS && late < 30_000, told(`something was written ${late} ms after it was asked`));
      }
      written.unshift(id);
    }
    const listed = [];
    let after = 'null';
    for (let page = 0; page < 6; page++) {
      const { articles } = await editor.desk(
        `articles(first: 1, after: ${after}, orderBy: CHANGED_DESC) { edges { cursor node { id } } }`,
        both[page % 2],
      );
      listed.push(articles.edges[0].node.id);
      after = JSON.stringify(articles.edges[0].cursor);
    }
    expect(listed.join() === written.join(), told(`the list has another order: ${listed.join()}`));
    const { auditTrail } = await admin.desk('auditTrail(first: 100) { edges { node { at } } }', both[0]);
    const moments = auditTrail.edges.map(({ node }) => Date.parse(node.at));
    expect(
      moments.every((moment, place) => place === 0 || moment <= moments[place - 1] + 2_000),
      told('the trail is out of order'),
    );
  }

  await closeDesk(drill, servers);
});
