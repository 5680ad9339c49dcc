import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';

const QUERIES = join(import.meta.dirname, 'queries');

/** Where deep pages begin, of the whole list. */
const DEEP = 0.9;

/** Articles of a front page. */
const FRONT = 20;

/** Articles whose cursors are read at a time: as many as a page may have. */
const STRETCH = 100;

const CURSORS = `
query Cursors($first: Int!, $after: String, $filter: ArticleFilter) {
  articles(first: $first, after: $after, filter: $filter) {
    edges {
      cursor
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}`;

const SLUGS = 'select slug from edition.article_slug order by md5(slug) limit $1';

/** One kind of question: its name for readers of the table, its query, and the variables it is asked with by turns. */
function question(name, query, sets) {
  return { name, bodies: sets.map((variables) => JSON.stringify({ query, variables })) };
}

/**
 * The questions that two databases are asked alike, with the slugs and cursors that one of them has. `from` is the
 * folder of the bench's variables; `ask` asks the server of the database named.
 */
export async function questionsOf(from, database, ask) {
  const variables = async (name) => JSON.parse(await readFile(join(from, `${name}.json`), 'utf8'));
  const query = (name) => readFile(join(QUERIES, `${name}.graphql`), 'utf8');
  const [fronts, pages, lists, words] = await Promise.all(['q1', 'q2', 'q3', 'q4'].map(variables));
  const [q1, q1Deep, q2, q3, q4] = await Promise.all(['q1', 'q1-deep', 'q2', 'q3', 'q4'].map(query));
  const slugs = await slugsOf(database, pages.length);
  const all = await cursorsOf(ask);
  const listed = [];
  for (const { locale, theme, region, limit } of lists) {
    const cursors = await cursorsOf(ask, { theme, region });
    const page = { locale, theme, region, limit };
    listed.push({
      second: { ...page, after: cursors[limit - 1] },
      deep: { ...page, after: deepOf(cursors, limit) },
    });
  }
  const deepFronts = fronts.map((set) => ({ ...set, after: deepOf(all, FRONT) }));
  return {
    articles: all.length,
    questions: [
      question('Q1, front page', q1, fronts),
      question('Q1, at nine tenths of the list', q1Deep, deepFronts),
      question(
        'Q2, article page',
        q2,
        slugs.map((slug, i) => ({ ...pages[i], slug })),
      ),
      question(
        'Q3, filtered second page',
        q3,
        listed.map(({ second }) => second),
      ),
      question(
        'Q3, at nine tenths of the list',
        q3,
        listed.map(({ deep }) => deep),
      ),
      question('Q4, search', q4, words),
    ],
  };
}

/** Slugs from all over the database. */
async function slugsOf(connectionString, count) {
  const client = new Client({ connectionString });
  await client.connect();
  const { rows } = await client.query(SLUGS, [count]);
  await client.end();
  return rows.map(({ slug }) => slug);
}

/** The cursors of a whole list, read as a reader does: page after page. */
async function cursorsOf(ask, filter) {
  const cursors = [];
  for (let after; ;) {
    const { edges, pageInfo } = (await ask(CURSORS, { first: STRETCH, after, filter })).articles;
    cursors.push(...edges.map(({ cursor }) => cursor));
    if (!pageInfo.hasNextPage) return cursors;
    after = pageInfo.endCursor;
  }
}

/** The cursor at which a deep page begins; of a short list, one that a full page and another article come after. */
function deepOf(cursors, limit) {
  const last = Math.min(Math.floor(cursors.length * DEEP), cursors.length - limit - 1);
  if (last < limit) throw new Error(`A list of ${cursors.length} articles has no third page`);
  return cursors[last - 1];
}
