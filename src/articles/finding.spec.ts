import { expect, it } from '@jest/globals';
import { blocksPublishing, type Finding } from './finding.js';

const finding = (severity: Finding['severity'], language: string | null): Finding => ({
  code: 'TERM_UNKNOWN',
  severity,
  language,
  path: 'themes[0]',
  line: null,
  message: 'A theme that no list has.',
});

it.each([
  [[], false],
  [[finding('WARNING', null)], false],
  [[finding('ERROR', null)], true],
  [[finding('ERROR', 'fr')], true],
  [[finding('ERROR', 'en')], false],
  [[finding('WARNING', 'fr'), finding('ERROR', 'en')], false],
  [[finding('ERROR', 'en'), finding('ERROR', 'fr')], true],
])('case %#: findings keep French from being published: %s', (findings, isBlocked) => {
  expect(blocksPublishing(findings, 'fr')).toBe(isBlocked);
});
