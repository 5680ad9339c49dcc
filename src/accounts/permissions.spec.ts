import { describe, expect, it } from '@jest/globals';
import {
  isInScope,
  isPermitted,
  languagesOf,
  type Permission,
  PERMISSIONS,
  type RoleGrant,
  ROLES,
} from './permissions.js';

const french: RoleGrant[] = [{ role: 'TRANSLATOR', languages: ['fr'] }];

describe('a translator', () => {
  it('works in their own language and its regions, and in no other', () => {
    expect(isPermitted('translation.edit', french, 'fr')).toBe(true);
    expect(isPermitted('translation.edit', french, 'fr-CA')).toBe(true);
    expect(isPermitted('translation.edit', french, 'en')).toBe(false);
    expect(isPermitted('translation.edit', french, 'frr')).toBe(false);
    expect(languagesOf('translation.edit', french)).toEqual(['fr']);
  });

  it('of a region does not work in the whole language', () => {
    expect(isPermitted('translation.edit', [{ role: 'TRANSLATOR', languages: ['fr-CA'] }], 'fr')).toBe(false);
  });

  it('neither approves nor publishes, in any language', () => {
    for (const permission of ['translation.approve', 'article.publish', 'article.edit'] as const) {
      expect(isPermitted(permission, french, 'fr')).toBe(false);
    }
  });

  it('who is an editor too works in all languages', () => {
    expect(languagesOf('translation.edit', [...french, { role: 'EDITOR', languages: [] }])).toBe('ALL');
  });
});

it.each([
  ['READER', 'article.edit'],
  ['CONTRIBUTOR', 'article.publish'],
  ['EDITOR', 'account.administer'],
  ['EDITOR', 'audit.read'],
  ['EDITOR', 'rights.edit'],
  ['RIGHTS_MANAGER', 'article.publish'],
] as const)('%s may not: %s', (role, permission) => {
  expect(isPermitted(permission, [{ role, languages: [] }])).toBe(false);
});

it('an account without roles has itself alone', () => {
  expect(PERMISSIONS.filter((permission) => isPermitted(permission, []))).toEqual([
    'sign-in',
    'account.own',
    'account.secure',
  ]);
});

it('every role reads the desk, and an admin may do everything', () => {
  for (const role of ROLES) expect(isPermitted('desk.read', [{ role, languages: ['fr'] }])).toBe(true);
  expect(PERMISSIONS.filter((one) => !isPermitted(one, [{ role: 'ADMIN', languages: [] }]))).toEqual([]);
});

it('a token does what its scopes name, and never touches how its account signs in', () => {
  const may = (...scopes: Parameters<typeof isInScope>[1]): Permission[] =>
    PERMISSIONS.filter((permission) => isInScope(permission, scopes));
  expect(may()).toEqual(['sign-in', 'account.own']);
  expect(may('READ_DESK')).toEqual(['sign-in', 'account.own', 'desk.read']);
  expect(may('READ_DESK', 'WRITE', 'PUBLISH', 'ADMIN')).toEqual(PERMISSIONS.filter((one) => one !== 'account.secure'));
});
