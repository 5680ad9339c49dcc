import { describe, expect, it } from '@jest/globals';
import { withoutSecrets } from './without-secrets.js';

const SECRET = `colophon_pat_${'aB3-'.repeat(10)}xyz`;

describe('what is kept of tabs', () => {
  it.each([
    ['in an operation', { query: 'mutation { signIn(input: { email: "a@b.c", password: "horse" }) { __typename } }' }],
    ['in variables', { variables: JSON.stringify({ input: { newPassword: 'horse', currentPassword: 'horse' } }) }],
    ['with quotes', { variables: JSON.stringify({ password: 'horse " and \\ horse' }) }],
    ['given out', { variables: JSON.stringify({ secret: SECRET }), query: `# ${SECRET}` }],
  ])('holds no secret that was written %s', (_where, tab) => {
    const kept = withoutSecrets(JSON.stringify({ tabs: [tab, { query: '{ a(b: "c") }' }] }));
    expect(kept).not.toMatch(/horse|aB3-/);
    const { tabs } = JSON.parse(kept) as { tabs: { variables?: string; query?: string }[] };
    expect(tabs[1]).toEqual({ query: '{ a(b: "c") }' });
    expect(() => JSON.parse(tabs[0]?.variables ?? '{}') as unknown).not.toThrow();
  });

  it('is whole where nobody has closed the quotes yet', () => {
    const tabs = [{ query: '{ signIn(input: { password: "hor' }, { query: '{ a(b: "c") }' }];
    expect(JSON.parse(withoutSecrets(JSON.stringify(tabs)))).toEqual(tabs);
  });

  it('is left as it is where there is nothing to hide', () => {
    const text = JSON.stringify({ query: 'mutation ($password: String!) { a(password: $password, b: "c") }' });
    expect(withoutSecrets(text)).toBe(text);
  });
});
