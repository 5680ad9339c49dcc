import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { givenPublished, givenReferences, seedTexts } from '../fixtures/given.js';
import { fixturePath, readText, SEED_DOCUMENT } from '../fixtures/fixtures.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const SLUG = 'video-the-liberation-of-palmyra-towards-the-defeat-of-isis';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ seed: true });
  await givenReferences(server);
  await givenPublished(server, { headline: 'Le phare', publishedOn: '2 avril 2016', regions: ['Canada', 'Europe'] });
  await givenPublished(server, {
    headline: 'Vidéo: la digue',
    publishedOn: 'mai 2016',
    statement: 'La source originale de cet article est [Mondialisation.ca](#)',
    originLine: null,
    themes: ['Environnement', 'Droit international'],
  });
  await seedTexts(server, [readFileSync(fixturePath('rich-body'))]);
}, 60_000);
afterAll(async () => {
  await server.close();
});

async function article(fields: string, slug = SLUG): Promise<Record<string, unknown>> {
  const { data, errors } = await server.query(`{ article(slug: "${slug}") { ${fields} } }`);
  expect(errors).toBeUndefined();
  return data.article as Record<string, unknown>;
}

describe('filters', () => {
  const PHARE = 'le-phare';
  const DIGUE = 'video-la-digue';
  const RICH = 'les-rives-rendues-a-tous';

  it.each<[string, string[]]>([
    ['publisher: "mondialisation-ca"', [DIGUE, PHARE, SLUG, RICH]],
    ['publisher: "nobody"', []],
    ['source: "south-front"', [SLUG]],
    ['source: "mondialisation-ca"', [DIGUE]],
    ['region: "canada"', [PHARE]],
    ['region: "europe"', [DIGUE, PHARE, RICH]],
    ['theme: "international-law"', [DIGUE]],
    ['theme: "europe"', []],
    ['region: "europe", theme: "international-law"', [DIGUE]],
    ['region: "canada", theme: "international-law"', []],
    ['kinds: [VIDEO]', [DIGUE, SLUG]],
    ['kinds: [VIDEO, ARTICLE]', [DIGUE, PHARE, SLUG, RICH]],
    ['kinds: []', []],
    ['originRelation: OWN', [DIGUE]],
    ['availableIn: "en"', [SLUG]],
    ['availableIn: "EN"', [SLUG]],
    ['availableIn: "it"', []],
    ['publishedFrom: "2016-04"', [DIGUE, PHARE]],
    ['publishedFrom: "2016-04-02"', [DIGUE, PHARE]],
    ['publishedFrom: "2016-04-03"', [DIGUE]],
    ['publishedBefore: "2016-04-02"', [SLUG, RICH]],
    ['publishedBefore: "2016"', []],
    ['publishedFrom: "2016-04", publishedBefore: "2016-05"', [PHARE]],
    ['', [DIGUE, PHARE, SLUG, RICH]],
    ['region: null', [DIGUE, PHARE, SLUG, RICH]],
  ])('{ %s }', async (filter, slugs) => {
    const { data, errors } = await server.query(
      `{ articles(filter: { ${filter} }) { totalCount edges { node { slug } } } }`,
    );
    expect(errors).toBeUndefined();
    const found = (data.articles.edges as { node: { slug: string } }[]).map((edge) => edge.node.slug);
    expect([...found].sort()).toEqual([...slugs].sort());
    expect(data.articles.totalCount).toBe(slugs.length);
  });

  it.each(['publishedFrom: "2016-02-30"', 'publishedFrom: "spring"', 'colour: "red"', 'kinds: [FILM]'])(
    '{ %s } is refused',
    async (filter) => {
      const { data, errors, status } = await server.query(`{ articles(filter: { ${filter} }) { totalCount } }`);
      expect(status).toBeLessThan(500);
      expect(data ?? null).toBeNull();
      expect(['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED']).toContain(errors?.[0]?.extensions.code);
    },
  );
});

describe('the body', () => {
  const RICH = 'les-rives-rendues-a-tous';

  it('is verbatim as Markdown', async () => {
    const { text } = await article('text { body }', RICH);
    const { article: read } = readText(readFileSync(fixturePath('rich-body')));
    expect(text).toEqual({ body: read.body });
  });

  it('is HTML or plain text on demand, all of them in one query', async () => {
    const { text } = (await article(
      'text { md: body(format: MARKDOWN) html: body(format: HTML) plain: body(format: PLAIN) }',
      RICH,
    )) as { text: Record<string, string> };
    expect(text.html).toContain('<h3>Trois ans de travaux</h3>');
    expect(text.html).toContain('<table>');
    expect(text.plain).not.toMatch(/[|*<>]/);
    expect(text.md).toContain('### Trois ans');
  });

  it('comes through fragments and aliases', async () => {
    const { data, errors } = await server.query(`
      query { a: article(slug: "${SLUG}") { ...A } nodes(ids: []) { id } }
      fragment A on Article { t: text { ...T } }
      fragment T on Text { ... on Text { b: body } }`);
    expect(errors).toBeUndefined();
    expect(data.a.t.b).toMatch(/^More than/);
  });
});

describe('reuse', () => {
  it.each([
    ['REPRODUCE', 'WEB', 'PERMIT'],
    ['EXTRACT', 'WEB', 'PERMIT'],
    ['REPRODUCE', 'PRINT', 'ASK_FIRST'],
    ['EXTRACT', 'COMMERCIAL_WEB', 'ASK_FIRST'],
    ['REPRODUCE', 'OTHER', 'ASK_FIRST'],
    ['TRANSLATE', 'WEB', 'UNSPECIFIED'],
    ['TRANSLATE', 'PRINT', 'UNSPECIFIED'],
    ['MINE', 'WEB', 'UNSPECIFIED'],
  ])('%s on %s: %s', async (action, medium, effect) => {
    const { reuse } = await article(`reuse(use: { action: ${action}, medium: ${medium} }) {
      effect duties holder holderConfirmed contactPoint { email } terms { effect statedBy { name } audienceLabel } }`);
    expect(reuse).toMatchObject({ effect, holder: 'South Front', holderConfirmed: false });
    const decision = reuse as { duties: string[]; contactPoint: { email: string } | null; terms: unknown[] };
    if (effect === 'PERMIT') {
      expect(decision.duties).toEqual(['NAME_SOURCE', 'SHOW_URL', 'LINK_ORIGINAL', 'KEEP_COPYRIGHT_NOTICE']);
      expect(decision.terms).toMatchObject([{ audienceLabel: 'sites de médias alternatifs' }]);
    }
    if (effect === 'ASK_FIRST') expect(decision.contactPoint?.email).toBe('media@globalresearch.ca');
    if (effect === 'UNSPECIFIED') expect(decision).toMatchObject({ duties: [], terms: [], contactPoint: null });
  });
});

it('a decision names for whom it holds', async () => {
  expect(
    await article(`web: reuse(use: { action: REPRODUCE, medium: WEB }) { effect audienceLabel }
      print: reuse(use: { action: REPRODUCE, medium: PRINT }) { effect audienceLabel }
      mine: reuse(use: { action: MINE, medium: WEB }) { effect audienceLabel }`),
  ).toEqual({
    web: { effect: 'PERMIT', audienceLabel: 'sites de médias alternatifs' },
    print: { effect: 'ASK_FIRST', audienceLabel: null },
    mine: { effect: 'UNSPECIFIED', audienceLabel: null },
  });
});

it.each(['MONDIALISATION.CA', 'crm', 'Centre de recherche sur la Mondialisation'])(
  'a publisher who holds the rights as %s confirms its own rules',
  async (name) => {
    const headline = `Droits de ${name}`;
    await givenPublished(server, { headline, copyright: `Copyright © [${name}](#), [Mondialisation.ca](#), 2016` });
    const { data } = await server.query(
      '{ articles(first: 50) { edges { node { text { headline } rights { reuseTerms { holderConfirmed } } } } } }',
    );
    const nodes = (data.articles.edges as { node: { text: { headline: string }; rights: object } }[]).map(
      (e) => e.node,
    );
    expect(nodes.find((node) => node.text.headline === headline)?.rights).toEqual({
      reuseTerms: [{ holderConfirmed: true }, { holderConfirmed: true }],
    });
  },
);

it('no list of terms ends before its end', async () => {
  await server.database.sql(
    `with terms as (
       insert into edition.reference (kind, id, slug, name, fact, content)
       select 'THEME', id, slug, slug, n, jsonb_build_object('id', id, 'scheme', 'THEME', 'slug', slug, 'labels', '{}'::jsonb)
       from (select gen_random_uuid() as id, 'theme-' || n as slug, n from generate_series(1, 1500) n) t returning fact)
     insert into edition.article_fact (fact, place) select fact, gen_random_uuid() from terms`,
  );
  const { data } = await server.query('{ terms(scheme: THEME) { slug } }');
  expect(data.terms.length).toBeGreaterThanOrEqual(1500);
});

describe('the wrapper', () => {
  it.each([
    ['', 'fr'],
    ['(language: "en")', 'en'],
    ['(language: "fr-CA")', 'fr'],
    ['(language: "it")', 'fr'],
  ])('wrapper%s is in %s', async (args, language) => {
    const { wrapper } = await article(
      `wrapper${args} { language lines { role text language } notices { kind text { language } } }`,
    );
    const { lines, notices } = wrapper as { lines: { language: string }[]; notices: unknown[] };
    expect(wrapper).toMatchObject({ language });
    expect(new Set(lines.map((line) => line.language))).toEqual(new Set([language]));
    expect(notices).toMatchObject([
      { kind: 'LIABILITY_DISCLAIMER', text: { language: 'fr' } },
      { kind: 'FAIR_USE_CLAIM', text: { language: 'fr' } },
    ]);
  });

  it('writes the page’s own lines as the page has them', async () => {
    const { wrapper } = await article('wrapper(language: "fr") { lines { text } }');
    const page = readFileSync(SEED_DOCUMENT, 'utf8').replaceAll(/\[([^\]]*)\]\([^)]*\)|\*/g, '$1');
    for (const { text } of (wrapper as { lines: { text: string }[] }).lines) expect(page).toContain(`\n${text}\n`);
  });
});

describe('evidence', () => {
  const FIELDS = '{ path documentSha256 start end exact prefix suffix }';

  it('quotes the document', async () => {
    const { evidence } = (await article(`evidence ${FIELDS}`)) as {
      evidence: { path: string; start: number; end: number; exact: string; documentSha256: string }[];
    };
    const characters = Array.from(readFileSync(SEED_DOCUMENT, 'utf8'));
    expect(evidence.length).toBeGreaterThan(20);
    for (const { start, end, exact } of evidence) expect(characters.slice(start, end).join('')).toBe(exact);
    expect(new Set(evidence.map((one) => one.documentSha256)).size).toBe(1);
    expect(evidence[0]?.documentSha256).toBe(createHash('sha256').update(readFileSync(SEED_DOCUMENT)).digest('hex'));
  });

  it.each([
    ['origin', ['origin.source.name', 'origin.publishedOn', 'origin.source.name']],
    ['origin.publishedOn', ['origin.publishedOn']],
    ['publishedOn', ['publishedOn']],
    ['links[3].url', ['links[3].url']],
    ['links[1]', ['links[1].url']],
    ['link', []],
    ['orig', []],
    ['', []],
    ["' or 1=1", []],
    ['nothing', []],
  ])('of %s', async (path, paths) => {
    const { data, errors } = await server.query(
      `query ($path: String) { article(slug: "${SLUG}") { evidence(path: $path) { path } } }`,
      { path },
    );
    expect(errors).toBeUndefined();
    expect((data.article.evidence as { path: string }[]).map((one) => one.path)).toEqual(paths);
  });
});

it('credits and contact points are listed all, or by role and purpose', async () => {
  expect(
    await article(`all: credits { role } authors: credits(role: AUTHOR) { agent { name kind } }
      editors: credits(role: EDITOR) { role } media: contactPoints(purpose: MEDIA) { email }
      corrections: contactPoints(purpose: CORRECTIONS) { email }`),
  ).toEqual({
    all: [{ role: 'AUTHOR' }],
    authors: [{ agent: { name: 'South Front', kind: 'ORGANIZATION' } }],
    editors: [],
    media: [{ email: 'media@globalresearch.ca' }],
    corrections: [],
  });
});

it('terms are listed by slug, with labels in the languages asked for', async () => {
  const { data } = await server.query('{ terms(scheme: REGION, languages: ["fr"]) { slug scheme label rawLabel } }');
  expect(data.terms).toEqual([
    { slug: 'canada', scheme: 'REGION', label: 'Canada', rawLabel: null },
    { slug: 'europe', scheme: 'REGION', label: 'Europe', rawLabel: null },
    {
      slug: 'middle-east-and-north-africa',
      scheme: 'REGION',
      label: 'Moyen-Orient et Afrique du Nord',
      rawLabel: null,
    },
  ]);
});
