import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
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
  setupFiles: ['reflect-metadata', '<rootDir>/test/support/no-colours.js', '<rootDir>/test/support/one-graphql.js'],
};

/** Small tests stand beside their subject in src and need nothing; the rest, in test, has a Postgres and the built product. */
export default {
  // A limit is there to end what hangs; a busy machine needs room below it.
  testTimeout: 60_000,
  // Tests wait for Postgres and for processes: while one does, another goes on. Every file loads the product anew, and what
  // it loaded is never given back: a process that has grown is replaced.
  maxWorkers: availableParallelism() + 1,
  workerIdleMemoryLimit: '1000MB',
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
