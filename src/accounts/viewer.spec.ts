import { describe, expect, it } from '@jest/globals';
import type { RoleGrant } from './permissions.js';
import { type Credential, Viewer } from './viewer.js';

const account = { id: '00000000-0000-4000-8000-000000000001', email: 'ada@example.org', name: 'Ada' };
const from = { requestId: 'r1', address: '203.0.113.7', userAgent: null };
const session: Credential = { kind: 'SESSION', id: '00000000-0000-4000-8000-000000000002' };

function viewer(grants: readonly RoleGrant[], credential = session): Viewer {
  return new Viewer(account, grants, credential, from);
}

function codeOf(work: () => void): unknown {
  try {
    work();
    return null;
  } catch (error) {
    return (error as { readonly extensions?: unknown }).extensions;
  }
}

describe('a translator outside their language', () => {
  const french = viewer([{ role: 'TRANSLATOR', languages: ['fr'] }]);

  it('is refused, with the language; inside it they are not', () => {
    expect(
      codeOf(() => {
        french.demand('translation.edit', 'en');
      }),
    ).toEqual({
      code: 'FORBIDDEN',
      permission: 'translation.edit',
      language: 'en',
    });
    expect(
      codeOf(() => {
        french.demand('translation.edit', 'fr-CA');
      }),
    ).toBeNull();
    expect(
      codeOf(() => {
        french.demand('translation.edit');
      }),
    ).toBeNull();
  });

  it('is refused with a token of every scope, too', () => {
    const token: Credential = { kind: 'TOKEN', id: session.id, scopes: ['READ_DESK', 'WRITE', 'PUBLISH', 'ADMIN'] };
    const program = viewer(french.grants, token);
    expect(program.may('translation.edit', 'fr')).toBe(true);
    expect(program.may('translation.edit', 'en')).toBe(false);
    expect(program.may('article.publish', 'fr')).toBe(false);
  });

  it('is refused in their own language without the scope for it', () => {
    const reading: Credential = { kind: 'TOKEN', id: session.id, scopes: ['READ_DESK'] };
    expect(viewer(french.grants, reading).may('translation.edit', 'fr')).toBe(false);
  });
});

it('the audit trail is told by what somebody acts, and from where', () => {
  expect(viewer([]).actor).toEqual({
    kind: 'ACCOUNT',
    accountId: account.id,
    name: 'Ada',
    email: 'ada@example.org',
    sessionId: session.id,
    tokenId: null,
    requestId: 'r1',
    address: '203.0.113.7',
  });
});
