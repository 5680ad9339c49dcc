import { describe, expect, it } from '@jest/globals';
import { ConfigError, loadConfig } from './config.js';

function linesOf(environment: Record<string, string>): readonly string[] {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
    throw error;
  }
}

describe('DATABASE_URL', () => {
  it.each([
    'postgres://user:password@localhost:5432/colophon',
    'postgresql://user:pa%25ss%40@localhost/colophon',
    'postgres://localhost/colophon',
  ])('may be %s', (url) => {
    expect(linesOf({ DATABASE_URL: url })).toEqual([]);
  });

  it.each([
    'postgres://user:pa%ss@localhost:5/x',
    'postgres://us%er:password@localhost:5/x',
    'postgres://user:%ff@localhost:5/x',
    'postgres://localhost:5/%x',
    'mysql://localhost/x',
    'postgres://localhost',
    'nonsense',
  ])('may not be %s: one line says so, without the password', (url) => {
    const lines = linesOf({ DATABASE_URL: url });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^DATABASE_URL=.*must look like/);
    expect(lines[0]).not.toContain('pa%ss');
  });
});
