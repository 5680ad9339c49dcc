import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { AuditTrail } from '../../src/accounts/audit/audit-trail.js';
import { AccountsService } from '../../src/accounts/accounts.service.js';
import { commandActor } from '../../src/common/actor.js';
import { toGlobalId } from '../../src/common/global-id.js';
import { inTransaction } from '../../src/database/transaction.js';
import { askAs, codeOf, givenAccount, givenSession, type Person, SIGN_IN } from '../fixtures/accounts.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const TRAIL = `query ($first: Int, $last: Int, $after: String, $before: String, $filter: AuditFilter) {
  desk { auditTrail(first: $first, last: $last, after: $after, before: $before, filter: $filter) {
    edges { cursor node { id at actorKind actorName accountId sessionId requestId address operation objectType objectId before after } }
    pageInfo { hasNextPage hasPreviousPage endCursor startCursor }
  } } }`;

let server: TestServer;
let admin: Person;
let secret: string;
beforeAll(async () => {
  server = await startTestServer({ config: { pageSizeMax: 50 } });
  admin = await givenAccount(server, { name: 'Bea Admin', roles: [{ role: 'ADMIN', languages: [] }] });
  secret = await givenSession(server, admin);
}, 60_000);
afterAll(async () => {
  await server.close();
});

interface Page {
  readonly edges: readonly {
    readonly node: Record<string, unknown> & { readonly id: string; readonly operation: string };
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly startCursor: string; readonly endCursor: string };
}

async function trail(variables: Record<string, unknown> = {}): Promise<Page> {
  return (await askAs(server, secret, TRAIL, variables)).data.desk.auditTrail as Page;
}

const idsOf = (page: Page): string[] => page.edges.map(({ node }) => node.id);

const operationsOf = (page: Page): string[] => page.edges.map(({ node }) => node.operation);

describe('the audit trail', () => {
  it('tells the whole story of an account: who, from where, what before and after', async () => {
    const create = `mutation { createAccount(input: { email: "cy@example.org", name: "Cy", roles: [{ role: TRANSLATOR, languages: ["FR"] }] }) {
      ... on PasswordToChoose { secret account { id roles { role languages } isDisabled } } ... on Problem { code } } }`;
    const created = (await askAs(server, secret, create)).data.createAccount;
    const { id } = created.account as { id: string };
    expect(created.account.roles).toEqual([{ role: 'TRANSLATOR', languages: ['fr'] }]);
    const answer = await server.query(
      `mutation { setRoles(input: { accountId: "${id}", roles: [{ role: EDITOR }] }) { __typename } }`,
      {},
      { authorization: `Bearer ${secret}`, 'x-request-id': 'the-walk-1' },
    );
    expect(answer.data.setRoles.__typename).toBe('AccountChanged');
    for (const mutation of ['disableAccount', 'enableAccount', 'resetPassword']) {
      const done = await askAs(
        server,
        secret,
        `mutation { ${mutation}(input: { accountId: "${id}" }) { __typename } }`,
      );
      expect(codeOf(done)).toBeNull();
    }
    const page = await trail({ filter: { objectId: id } });
    expect(operationsOf(page)).toEqual([
      'account.resetPassword',
      'account.enable',
      'account.disable',
      'account.setRoles',
      'account.create',
    ]);
    expect(page.edges[3]?.node).toMatchObject({
      actorKind: 'ACCOUNT',
      actorName: `Bea Admin <${admin.email}>`,
      accountId: toGlobalId('Account', admin.id),
      requestId: 'the-walk-1',
      address: '127.0.0.1',
      objectType: 'Account',
      objectId: id,
      before: { roles: [{ role: 'TRANSLATOR', languages: ['fr'] }] },
      after: { roles: [{ role: 'EDITOR', languages: [] }] },
    });
    expect(JSON.stringify(page)).not.toContain(created.secret);
  });

  it('tells of signing in, with the session, and of nothing that was refused', async () => {
    const person = await givenAccount(server);
    await server.query(SIGN_IN, { email: person.email, password: 'wrong horse battery' });
    await server.query(SIGN_IN, { email: person.email, password: person.password });
    const page = await trail({ filter: { accountId: toGlobalId('Account', person.id) } });
    expect(operationsOf(page)).toEqual(['session.open']);
    expect(page.edges[0]?.node.sessionId).toBe(page.edges[0]?.node.objectId);
    expect(page.edges[0]?.node.after).toEqual({ how: 'password' });
  });

  it('is walked from page to page, either way, without gaps and repeats while it grows', async () => {
    const whole = idsOf(await trail({ first: 50 }));
    const walked: string[] = [];
    for (let after: string | null = null; ;) {
      const page: Page = await trail({ first: 3, after });
      walked.push(...idsOf(page));
      await givenAccount(server);
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(walked).toEqual(whole);
    const oldest = await trail({ last: 2 });
    expect(idsOf(oldest)).toEqual(whole.slice(-2));
    const before = await trail({ last: 2, before: oldest.pageInfo.startCursor });
    expect(idsOf(before)).toEqual(whole.slice(-4, -2));
  });

  it('is filtered by operation and time', async () => {
    expect(new Set(operationsOf(await trail({ filter: { operation: 'account.create' } })))).toEqual(
      new Set(['account.create']),
    );
    expect((await trail({ filter: { until: '2016-03-30T00:00:00Z' } })).edges).toEqual([]);
    expect((await trail({ filter: { from: '2016-03-30T00:00:00Z' } })).edges.length).toBeGreaterThan(3);
  });

  it.each([
    ['a cursor of another list', { after: 'WyIxIl0.abcdef' }],
    ['an id that is none', { filter: { objectId: '1 or 1=1' } }],
    [
      'an id of something else',
      { filter: { accountId: toGlobalId('Article', '00000000-0000-4000-8000-000000000000') } },
    ],
    ['no moment', { filter: { from: 'yesterday' } }],
    ['too large a page', { first: 51 }],
  ])('refuses %s', async (_what, variables) => {
    expect(codeOf(await askAs(server, secret, TRAIL, variables))).toBe('BAD_USER_INPUT');
  });
});

describe('an entry', () => {
  it.each([
    'update audit.entry set actor_name = $1',
    'delete from audit.entry where actor_name <> $1',
    'truncate audit.entry',
  ])('is refused to be changed by the database itself: %s', async (sql) => {
    await expect(server.database.sql(sql, sql.includes('$1') ? ['nobody'] : [])).rejects.toMatchObject({
      code: '23001',
    });
  });

  it('is there with what it tells of, or neither is', async () => {
    const person = await givenAccount(server);
    const count = async (): Promise<unknown> => server.database.sql('select count(*) from audit.entry');
    const before = await count();
    await expect(
      inTransaction(server.app.get(DataSource), async (manager) => {
        await manager.query('update account.account set name = $2 where id = $1', [person.id, 'Changed']);
        await server.app.get(AuditTrail).record(manager, commandActor('a test'), {
          operation: 'account.rename',
          objectType: 'Account',
          objectId: person.id,
        });
        throw new Error('broken off');
      }),
    ).rejects.toThrow('broken off');
    expect(await count()).toEqual(before);
    // What is answered with a problem has written nothing, either.
    const last = await server.app.get(AccountsService).disable(commandActor('user disable'), admin.id);
    expect(last).toMatchObject({ code: 'LAST_ADMIN' });
    expect(await count()).toEqual(before);
    expect(await trail()).toBeDefined();
  });

  it.each([{ passwordHash: 'x' }, { deep: [{ secret: 'x' }] }, { newPassword: null }])(
    'never holds a secret: %j',
    async (after) => {
      const record = inTransaction(server.app.get(DataSource), (manager) =>
        server.app.get(AuditTrail).record(manager, commandActor('a test'), {
          operation: 'account.rename',
          objectType: 'Account',
          objectId: admin.id,
          after,
        }),
      );
      await expect(record).rejects.toThrow(TypeError);
    },
  );
});

describe('accounts', () => {
  it('are listed page by page, by e-mail address', async () => {
    const LIST = `query ($first: Int, $after: String) { desk { accounts(first: $first, after: $after) {
      edges { node { email roles { role } } } pageInfo { hasNextPage endCursor } } } }`;
    const walked: string[] = [];
    for (let after: string | null = null; ;) {
      const { edges, pageInfo } = (await askAs(server, secret, LIST, { first: 2, after })).data.desk.accounts as {
        edges: { node: { email: string } }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
      walked.push(...edges.map(({ node }) => node.email));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(walked.length).toBeGreaterThan(3);
    expect(walked).toEqual([...walked].sort());
    expect(new Set(walked).size).toBe(walked.length);
  });

  it('two admins who demote each other at once do not both succeed', async () => {
    const [one, two] = [
      await givenAccount(server, { roles: [{ role: 'ADMIN', languages: [] }] }),
      await givenAccount(server, { roles: [{ role: 'ADMIN', languages: [] }] }),
    ];
    await server.database.sql(`delete from account.role where account_id = $1`, [admin.id]);
    const answers = await Promise.all(
      [
        [one, two],
        [two, one],
      ].map(async ([by, whom]) =>
        askAs(
          server,
          await givenSession(server, by ?? one),
          `mutation { setRoles(input: { accountId: "${toGlobalId('Account', whom?.id ?? '')}", roles: [] }) { ... on Problem { code } } }`,
        ),
      ),
    );
    expect(answers.map(codeOf).filter((code) => code === null)).toHaveLength(1);
    const [left] = await server.database.sql<{ count: string }>(
      `select count(*) from account.role where role = 'ADMIN'`,
    );
    expect(left?.count).toBe('1');
  });
});
