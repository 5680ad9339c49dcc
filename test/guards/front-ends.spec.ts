import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '..', '..');
const EXAMPLE = join(ROOT, 'examples', 'front-end');
const run = promisify(execFile);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'colophon-front-ends-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

it('the example’s types are those of the schema; `npm run generate` there writes them anew', async () => {
  await run(process.execPath, [join(EXAMPLE, 'generate.js'), folder]);
  const names = await readdir(folder);
  expect(names.sort()).toEqual((await readdir(join(EXAMPLE, 'src', 'gql'))).sort());
  for (const name of names) {
    expect(await readFile(join(EXAMPLE, 'src', 'gql', name), 'utf8')).toBe(await readFile(join(folder, name), 'utf8'));
  }
});

it('the package has the schema', async () => {
  expect(import.meta.resolve('colophon/schema.graphql')).toMatch(/\/src\/schema\.graphql$/);
  const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT });
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  expect(files.map(({ path }) => path)).toContain('src/schema.graphql');
});

/** What a front end with Relay asks: a list that grows, what an item shows, and one thing asked anew. */
const RELAY = /* ts */ `
import { graphql } from 'relay-runtime';

graphql\`
  query FrontPageQuery($languages: [LanguageTag!]) {
    ...FrontPage_list @arguments(languages: $languages)
  }
\`;

graphql\`
  fragment FrontPage_list on Query
  @refetchable(queryName: "FrontPagePaginationQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" }, languages: { type: "[LanguageTag!]" }) {
    articles(first: $count, after: $cursor, languages: $languages) @connection(key: "FrontPage_articles") {
      edges { node { ...FrontPage_article } }
    }
  }
\`;

graphql\`
  fragment FrontPage_article on Article @refetchable(queryName: "FrontPageArticleRefetchQuery") {
    slug
    text { headline language isFallback }
    credits { agent { name } }
  }
\`;
`;

describe('Relay’s compiler', () => {
  const compile = async (source: string): Promise<string[]> => {
    const config = { src: './src', schema: './schema.graphql', language: 'typescript', eagerEsModules: true };
    await writeFile(join(folder, 'schema.graphql'), await readFile(join(ROOT, 'src', 'schema.graphql')));
    await writeFile(join(folder, 'relay.config.json'), JSON.stringify({ ...config, artifactDirectory: './made' }));
    await run('mkdir', ['src', 'made'], { cwd: folder });
    await writeFile(join(folder, 'src', 'FrontPage.ts'), source);
    await run(process.execPath, [join(ROOT, 'node_modules', 'relay-compiler', 'cli.js')], { cwd: folder });
    return (await readdir(join(folder, 'made'))).sort();
  };

  it('takes the schema, with a list that grows and what is asked anew by its id', async () => {
    expect(await compile(RELAY)).toEqual([
      'FrontPageArticleRefetchQuery.graphql.ts',
      'FrontPagePaginationQuery.graphql.ts',
      'FrontPageQuery.graphql.ts',
      'FrontPage_article.graphql.ts',
      'FrontPage_list.graphql.ts',
    ]);
    const refetch = await readFile(join(folder, 'made', 'FrontPageArticleRefetchQuery.graphql.ts'), 'utf8');
    expect(refetch).toContain('node(id: $id)');
  });

  it('would tell of what is no connection', async () => {
    await expect(compile(RELAY.replace('articles(first', 'publishers(first'))).rejects.toThrow();
  });
});
