import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { SEED_DOCUMENT } from '../fixtures/fixtures.js';

const ROOT = join(import.meta.dirname, '..', '..');

it('npm run -s colophon -- hands a command its arguments, and prints nothing of its own', async () => {
  const { stdout } = await promisify(execFile)(
    'npm',
    ['run', '-s', 'colophon', '--', 'read', SEED_DOCUMENT, '--json'],
    { cwd: ROOT },
  );
  expect(JSON.parse(stdout)).toMatchObject({ article: { publishedOn: '2016-03-30' } });
}, 60_000);
