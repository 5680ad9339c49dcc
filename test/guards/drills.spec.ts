import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '..', '..');

/** Scripts that run by themselves: they say at their top how. */
const drills = readdirSync(join(ROOT, 'test', 'drills')).filter((name) =>
  readFileSync(join(ROOT, 'test', 'drills', name), 'utf8').includes(`node test/drills/${name}`),
);

describe('drills', () => {
  it('are there', () => {
    expect(drills.length).toBeGreaterThanOrEqual(3);
  });

  it.each(drills)(
    '%s is run with all others, and docs/reliability.md says what must hold and what was found',
    (file) => {
      const name = file.replace(/\.js$/, '');
      expect(readFileSync(join(ROOT, 'test', 'drills', 'run.js'), 'utf8')).toContain(`'${name}'`);
      const page = readFileSync(join(ROOT, 'docs', 'reliability.md'), 'utf8');
      expect(page).toContain(`| \`${name}\``);
      expect(page).toMatch(
        new RegExp(`^drill ${name}: rounds \\d+, .* lost 0, duplicate 0, torn 0, wrong exits 0`, 'm'),
      );
    },
  );
});
