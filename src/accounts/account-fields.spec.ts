import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidValue } from '../common/problem.type.js';
import { foldEmail, readEmail, readName, readPassword, readRoles } from './account-fields.js';

const refused = expect.any(InvalidValue);

describe('an e-mail address', () => {
  it.each([
    ['Ada@Example.ORG', 'ada@example.org'],
    [' ada@example.org ', 'ada@example.org'],
    ['E\u0301lise@example.org', 'élise@example.org'],
    ['👩‍💻@example.org'.replace('\u200d', ''), '👩💻@example.org'],
  ])('is folded: %s', (email, folded) => {
    expect(readEmail(email)).toBe(folded);
  });

  it.each([
    ['no sign', 'ada.example.org'],
    ['a NUL', 'a\0da@example.org'],
    ['half a character', 'ada\ud800@example.org'],
    ['a mark of direction', 'ada\u202e@example.org'],
    ['a line end', 'ada@example.org\nbcc: x@example.org'],
    ['two addresses', 'ada@example.org,eve@example.org'],
    ['a name around it', 'Ada <ada@example.org>'],
    ['nothing', ''],
    ['far too many characters', `${'a'.repeat(64)}@${'b'.repeat(300)}.org`],
  ])('is refused with %s', (_what, email) => {
    expect(readEmail(email)).toEqual(refused);
  });

  it('is folded once and for all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(foldEmail(foldEmail(text))).toBe(foldEmail(text));
      }),
    );
  });
});

describe('a name', () => {
  it.each(['Ada Nord', 'نور', 'שירה \u200fכהן', '新华社', 'Ada 👩‍🚀'])('is kept in any script: %s', (name) => {
    expect(readName(name)).toBe(name.normalize('NFC'));
  });

  it.each([
    ['nothing', ' '],
    ['a NUL', 'Ada\0'],
    ['half a character', 'Ada \ud83d'],
    ['an override of direction', 'Ada \u202etxt.exe'],
    ['a line end', 'Ada\nadmin'],
    ['too many characters', 'a'.repeat(201)],
  ])('is refused with %s', (_what, name) => {
    expect(readName(name)).toEqual(refused);
  });
});

describe('a password', () => {
  it.each(['correct horse battery', 'mot de passe à ñ', '🔑🔒🗝️🚪🔑🔒🗝️🚪🔑🔒🗝️🚪'])(
    'may be anything long enough: %s',
    (password) => {
      expect(readPassword(password, 'password', 'ada@example.org')).toBe(password);
    },
  );

  it.each([
    ['too short', 'short'],
    ['emoji that are too few', '🔑🔒🗝🚪🔑🔒'],
    ['one character again and again', 'aaaaaaaaaaaaaaaaa'],
    ['the e-mail address', 'Ada.Nord@Example.org'],
    ['a NUL', 'correct horse\0 battery'],
    ['half a character', 'correct horse \ud800 battery'],
    ['too long', 'abcd'.repeat(300)],
  ])('is refused: %s', (_what, password) => {
    expect(readPassword(password, 'password', 'ada.nord@example.org')).toEqual(refused);
  });
});

describe('roles', () => {
  it('have languages for translators alone, and each is named once', () => {
    expect(readRoles([{ role: 'TRANSLATOR', languages: ['fr', 'en', 'fr'] }])).toEqual([
      { role: 'TRANSLATOR', languages: ['en', 'fr'] },
    ]);
    expect(readRoles([{ role: 'TRANSLATOR', languages: [] }])).toEqual(refused);
    expect(readRoles([{ role: 'EDITOR', languages: ['fr'] }])).toEqual(refused);
    expect(readRoles([{ role: 'TRANSLATOR', languages: ['FR_ca'] }])).toEqual(refused);
    expect(
      readRoles([
        { role: 'READER', languages: [] },
        { role: 'READER', languages: [] },
      ]),
    ).toEqual(refused);
  });
});
