import type { INestApplicationContext } from '@nestjs/common';
import { LanguagePreference } from '../common/language-tag.js';
import { Config } from '../config.js';
import { HEADLINES_ONLY } from '../editions/article-row.js';
import { EditionsQueries } from '../editions/editions.queries.js';
import { bold, cyan, dim } from './terminal.js';

/** What a person reads when the server is ready: where to look, what to ask, and an article to ask about. */
export async function welcomeText(app: INestApplicationContext, url: string): Promise<string> {
  const selection = { filter: null, preference: new LanguagePreference([]), fallback: 'ORIGINAL' } as const;
  const page = { size: 1, fromEnd: false, after: null, before: null };
  const { articles } = await app
    .get(EditionsQueries)
    .listArticles({ selection, orderBy: 'PUBLISHED_ON_DESC', page, wanted: HEADLINES_ONLY, countMax: null });
  const [newest] = articles;
  const slug = newest?.parts.get('texts')?.[0]?.slug;
  const query = slug === undefined ? '{ articles { totalCount } }' : ATTRIBUTION_QUERY.replace('SLUG', slug);
  const body = JSON.stringify({ query });
  const place = app.get(Config).playground ? 'the playground, in a browser' : 'GraphQL';
  return [
    bold('Colophon is ready.'),
    '',
    `  ${cyan(`${url}/graphql`)}  ${dim(place)}`,
    ...(slug === undefined ? [] : [`  ${bold(slug)}  ${dim('the newest article, by its slug')}`]),
    '',
    'Who wrote it, where it stood first, who allows what:',
    '',
    `  curl -s ${url}/graphql -H 'content-type: application/json' -d '${body}'`,
    '',
    dim('Stop with Ctrl-C.'),
  ].join('\n');
}

const ATTRIBUTION_QUERY =
  '{ article(slug: "SLUG") { text { headline language } credits { role agent { name } } ' +
  'origin { relation source { name } publishedOn } rights { copyright { raw } reuseTerms { effect media } } } }';
