import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The build leaves tests out; Jest compiles them with the same settings otherwise. */
const swc = JSON.parse(readFileSync(join(import.meta.dirname, '.swcrc'), 'utf8'));
delete swc.exclude;

/** What small and larger tests share: TypeScript as native modules, on Node. */
const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.tsx?$': ['@swc/jest', { ...swc, swcrc: false }] },
  setupFiles: ['reflect-metadata'],
};

/** Small tests stand beside their subject in src and need nothing; the rest, in test, has a Postgres and the built product. */
export default {
  testTimeout: 30_000,
  reporters: ['default', '<rootDir>/test/support/closing-line-reporter.js'],
  projects: [
    { ...common, displayName: 'small', roots: ['<rootDir>/src'], testMatch: ['**/*.spec.ts'] },
    {
      ...common,
      displayName: 'medium',
      roots: ['<rootDir>/test'],
      testMatch: ['**/*.spec.ts'],
      globalSetup: '<rootDir>/test/support/global-setup.js',
      globalTeardown: '<rootDir>/test/support/global-teardown.js',
    },
  ],
};
