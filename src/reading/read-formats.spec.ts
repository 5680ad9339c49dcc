import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import {
  formatPath,
  formatPaths,
  type Outcome,
  outcomeText,
  readAll,
  readHtmlFixture,
  readHtmlText,
} from '../../test/fixtures/formats.js';
import { isKeptWhole } from './parts/layout-parts.js';
import type { ReadArticle, Reading } from './reading.js';
import { writeDocument } from './parts/write-document.js';

/** Writes a reading as the database gives it back: everything has been JSON in between. */
function write({ form, parts, wrapper, article }: Reading, changed: Partial<ReadArticle> = {}): Buffer {
  const stored = { form, wrapper, layouts: parts.map((part) => part.layout), article: { ...article, ...changed } };
  return writeDocument(JSON.parse(JSON.stringify(stored)) as typeof stored);
}

function expectLossless(reading: Reading, bytes: Buffer): void {
  expect(write(reading).equals(bytes)).toBe(true);
  const characters = Array.from(reading.text);
  const { parts, evidence } = reading;
  expect([parts[0]?.start, parts.at(-1)?.end]).toEqual([0, characters.length]);
  for (const [i, part] of parts.entries()) {
    expect(part.end).toBeGreaterThan(part.start);
    expect(part.start).toBe(parts[i - 1]?.end ?? 0);
    expect(part.lastLine).toBeGreaterThanOrEqual(part.firstLine);
  }
  expect(parts.filter(isKeptWhole)).toEqual([]);
  expect(evidence.length).toBeGreaterThan(3);
  for (const { start, end, exact } of evidence) {
    expect(characters.slice(start, end).join('')).toBe(exact);
    expect(exact).not.toBe('');
  }
}

/** The lines that differ, as [line, what it became]. */
function changedLines(reading: Reading, changed: Partial<ReadArticle>): [number, string][] {
  const old = write(reading).toString('utf8').split('\n');
  const lines = write(reading, changed).toString('utf8').split('\n');
  expect(lines).toHaveLength(old.length);
  return lines.flatMap((line, i): [number, string][] => (line === old[i] ? [] : [[i + 1, line.trim()]]));
}

describe('a page in HTML', () => {
  it.each(formatPaths('html').filter((path) => !basename(path).startsWith('refused-')))(
    '%s is written back byte for byte',
    (path) => {
      const bytes = readFileSync(path);
      expectLossless(readHtmlText(bytes), bytes);
    },
  );

  it('is read past its menus and sidebars', () => {
    const { article, parts, findings } = readHtmlFixture('saved-page');
    expect(findings).toEqual([]);
    expect(article).toMatchObject({
      headline: 'Les ponts du lac rouvrent aux piétons & aux vélos',
      dek: 'La ville rend au lac les rives que le chemin de fer lui avait prises il y a cent ans.',
      publishedOn: '2016-03-30',
      credits: [{ name: 'Anne Morel' }, { name: 'Jean Petit' }],
      origin: { url: 'https://courrier-du-lac.example/2016/ponts?a=1&b=2', publishedOn: '2016-03-28' },
      contacts: [{ email: 'media@globalresearch.ca' }],
    });
    expect(article.clauses).toHaveLength(5);
    expect(parts.map((part) => part.role).filter((role) => role !== 'MARKUP')).toEqual([
      'HEADLINE',
      'BYLINE',
      'DATELINE',
      'ORIGIN_LINE',
      'REGION_LINE',
      'THEME_LINE',
      'DEK',
      'BODY',
      'SOURCE_STATEMENT',
      'COPYRIGHT_LINE',
      'RULE',
      'CREDITS_LINE',
      'NOTICE',
      'REUSE_TERM',
      'REUSE_TERM',
      'NOTICE',
      'CONTACT',
    ]);
  });

  it('has its text in Markdown, and as it stands', () => {
    const { body, source } = readHtmlFixture('saved-page').article;
    for (const markup of [
      '![La rive au matin](https://courrier-du-lac.example/rive.jpg)',
      'du nord.\\\nLes barrières',
      '**le même jour**',
      '### Trois ans de travaux',
      '> La rive est à tout le monde.\n>\n> C’est écrit',
      '- deux tilleuls\n\n  1. le grand\n  2. le petit',
      '| 2015  | 3 400     |',
      '[en ligne](https://courrier-du-lac.example/rapport.pdf "PDF")[^1]',
      '[^1]: Chiffres de la mairie.',
    ]) {
      expect(body).toContain(markup);
    }
    expect(body).not.toContain('Publicité');
    expect(source?.body).toMatch(/^<p><img class="aligncenter".*<script>var ad.*<\/ol>$/s);
  });

  it('may be laid out by tables, in the encoding of its time', () => {
    const { article, form, findings } = readHtmlFixture('layout-table');
    expect(findings).toEqual([]);
    expect(form).toMatchObject({ charset: 'windows-1252', lineEnding: 'CRLF' });
    expect(article).toMatchObject({
      headline: 'Le marché d’hiver «\u00a0au sec\u00a0»',
      publishedOn: '2016-04-01',
      credits: [{ name: 'Zoë Müller' }],
      terms: [{ rawLabel: 'Europe' }, { rawLabel: 'Environnement' }],
    });
    expect(article.body).toMatch(/^Depuis l’automne.*\n\nLa mairie a payé le toit… .* – et c’est très bien ainsi\.$/s);
  });

  it('may say itself what its article is', () => {
    const { article, form } = readHtmlFixture('article-element');
    expect(form.normalForm).toBe('NFD');
    expect(article).toMatchObject({
      headline: 'La halle\u00a0: le marché couvert a cent ans',
      publishedOn: '2016-03-30',
    });
    expect(article.body).toContain('La halle a été classée monument en 1990.');
    expect(article.body).toContain('```\nlundi   fermé\nsamedi  ouvert\n```');
    expect(article.body).not.toContain('Articles récents');
  });

  it.each([
    ['http-header', 'windows-1252', false],
    ['utf-16', 'utf-16le', true],
    ['utf-16-big-endian', 'utf-16be', true],
  ])('%s is decoded as it declares', (name, charset, hasByteOrderMark) => {
    const { article, form } = readHtmlFixture(name);
    expect(form).toMatchObject({ charset, hasByteOrderMark });
    expect(article.headline).toMatch(/Les quais rendus à la rivière$/);
    expect(article.origin.relation).toBe('OWN');
  });

  it('is in no other encoding than its first declaration says', () => {
    const page = (head: string): string =>
      readFileSync(formatPath('html', 'blocked-unknown-lines.html'), 'utf8').replace('<meta charset="utf-8">', head);
    const late = `<!-- ${'x'.repeat(3000)} --><META content="text/html; charset='latin1'" http-equiv=content-type>`;
    expect(readHtmlText(Buffer.from(page(late).replaceAll('’', "'"), 'latin1')).form.charset).toBe('windows-1252');
    for (const head of ['<meta charset=nonsense>', '<meta charset=utf-16>', '<!-- <meta charset=latin1> -->', '']) {
      expect(readHtmlText(page(head)).form.charset).toBeUndefined();
    }
    expect(readHtmlText(`\uFEFF${page('<meta charset=latin1>')}`).form).toMatchObject({ hasByteOrderMark: true });
  });

  it('has no rule for some of its lines', () => {
    const { parts, findings } = readHtmlFixture('blocked-unknown-lines');
    expect(parts.filter((part) => part.role === 'UNCLAIMED')).toHaveLength(2);
    expect(findings.map(({ code, line }) => [code, line])).toEqual([
      ['PART_NOT_UNDERSTOOD', 6],
      ['CLAUSE_NOT_UNDERSTOOD', 11],
    ]);
  });

  it.each<[string, (article: ReadArticle) => Partial<ReadArticle>, [number, RegExp][]]>([
    [
      'a credit’s name',
      ({ credits }) => ({
        credits: credits.map((credit, i) => (i === 0 ? { ...credit, name: 'Inès Duval' } : credit)),
      }),
      [
        [23, /rel="author">Inès Duval<\/a><\/strong> et /],
        [60, /Articles Par : <a href="\/author\/anne-morel">Inès Duval<\/a> et/],
      ],
    ],
    ['the day', () => ({ publishedOn: '2017-04-01' }), [[24, /^Mondialisation\.ca, 1er avril 2017<br \/>$/]]],
    ['the headline', () => ({ headline: 'Les quais' }), [[21, /5512345">Les quais<\/a><\/h1>$/]]],
    [
      'the year of the notice',
      ({ copyright }) => ({ copyright: copyright && { ...copyright, year: 2020 } }),
      [[57, /, 2020<\/p>$/]],
    ],
  ])('changed in %s, has only the lines changed that show it', (_what, change, lines) => {
    const reading = readHtmlFixture('saved-page');
    expect(changedLines(reading, change(reading.article))).toEqual(
      lines.map(([line, text]) => [line, expect.stringMatching(text)]),
    );
  });

  it.each([
    ['refused-no-encoding', 'DOCUMENT_NOT_UTF8', 3],
    ['refused-wrong-encoding', 'DOCUMENT_NOT_AS_DECLARED', 7],
    ['refused-other-page', 'NOT_AN_ARTICLE', 5],
  ])('%s: %s', (name, code, line) => {
    expect(() => readHtmlFixture(name)).toThrow(
      expect.objectContaining({ refusal: expect.objectContaining({ code, line }) as unknown }),
    );
  });
});

describe('an export of WordPress', () => {
  let outcomes: Outcome[];
  beforeAll(async () => {
    outcomes = await readAll([formatPath('wxr', 'export.xml'), formatPath('wxr', 'unknown-site.xml')]);
  });
  const readingOf = (name: string): Reading => {
    const found = outcomes.find((outcome) => outcome.path.endsWith(name));
    if (found === undefined || !('reading' in found)) throw new Error(`${name} was not read`);
    return found.reading;
  };

  it('is read post by post: what is none is told', () => {
    expect(outcomes.map(outcomeText)).toEqual([
      'export.xml#1',
      'export.xml#2 ORIGIN_DATE_MISSING',
      'export.xml#3 – attachment',
      'export.xml#4',
      'export.xml#5 – nav_menu_item',
      'export.xml#6 – page',
      'export.xml#7 – trash',
      'export.xml#8 NOT_PUBLISHED_AT_SOURCE',
      'export.xml#9 NOT_PUBLISHED_AT_SOURCE',
      'export.xml#10 DATES_DISAGREE NOT_PUBLISHED_AT_SOURCE',
      'export.xml#11 COPYRIGHT_NOTICE_MISSING',
      'export.xml#12 COPYRIGHT_NOTICE_MISSING TEXT_MISSING',
      'export.xml#13 COPYRIGHT_NOTICE_MISSING',
      'export.xml#14 COPYRIGHT_NOTICE_MISSING',
      'export.xml#15 ✘ NOT_AN_ARTICLE 421',
      'export.xml#16 ✘ DATE_IMPOSSIBLE 483',
      'export.xml#17',
      'unknown-site.xml#1 PUBLISHER_UNKNOWN COPYRIGHT_NOTICE_MISSING',
    ]);
  });

  it('is written back byte for byte', () => {
    for (const outcome of outcomes) {
      if ('reading' in outcome) expectLossless(outcome.reading, outcome.document.bytes);
    }
  });

  it('says of a post who wrote it, when, and under which categories', () => {
    const { article } = readingOf('export.xml#1');
    expect(article).toMatchObject({
      publisherSlug: 'mondialisation-ca',
      isPublisherKnown: true,
      language: 'fr',
      headline: 'Les ponts du lac & la rive',
      dek: 'La ville rend au lac *les rives* que le chemin de fer lui avait prises.',
      publishedOn: '2016-03-30',
      credits: [{ role: 'AUTHOR', name: 'Anne Morel' }],
      terms: [
        { scheme: 'THEME', rawLabel: 'Environnement' },
        { scheme: 'THEME', rawLabel: 'Culture, société & histoire' },
      ],
      origin: { relation: 'OWN', sourceName: 'Mondialisation.ca', url: 'https://www.mondialisation.ca/?p=17' },
      copyright: { author: 'Anne Morel', year: 2016 },
    });
    expect(article.body).toBe(
      [
        'Depuis le printemps, les habitants traversent de nouveau la voie à pied pour rejoindre la plage du nord.\\\nLes barrières ont été ôtées **le même jour**, et personne ne les regrette.',
        '### Trois ans de travaux',
        '> La rive est à tout le monde.\n>\n> C’est écrit sur la pierre.',
        '- un banc\n- deux tilleuls',
        '\\[caption id="attachment_12" align="aligncenter" width="600"]![La rive](https://courrier-du-lac.example/rive.jpg) La rive au matin\\[/caption]',
        'La mairie promet une [seconde passerelle](https://courrier-du-lac.example/rapport.pdf) avant la fin de l’année\u00a0prochaine.',
      ].join('\n\n'),
    );
  });

  it('takes a post for another’s where its own text says so', () => {
    const { article } = readingOf('export.xml#2');
    expect(article).toMatchObject({
      publishedOn: '2016-04-01',
      credits: [{ name: 'Jean Petit & fils' }],
      origin: { relation: 'VERBATIM', sourceName: 'Le Courrier du Lac', url: 'https://courrier-du-lac.example/halle' },
      copyright: { author: 'Inès Duval' },
    });
    expect(article.body).not.toContain('wp:');
    expect(article.body).toMatch(/^Depuis un siècle.*La halle en 1916.*1\. le grand\n2\. le petit$/s);
  });

  it('tells the language by its plugins, else by the text', () => {
    expect(readingOf('export.xml#4').article.language).toBe('en');
    expect(readingOf('export.xml#8').article.language).toBe('en');
    expect(readingOf('export.xml#9').article.language).toBe('fr');
  });

  it('has escaped texts, and such with marks of sections in them', () => {
    expect(readingOf('export.xml#13').article.body).toMatch(/^Depuis le printemps.*\n\nEt ils s’y baignent\.$/s);
    expect(readingOf('export.xml#14').article.body).toContain('écrivent ]]> au lieu');
  });

  it('may be of a site that no data file has, in another encoding', () => {
    const reading = readingOf('unknown-site.xml#1');
    expect(reading.form).toMatchObject({ charset: 'windows-1252', lineEnding: 'CRLF' });
    expect(reading.article).toMatchObject({ publisherSlug: 'le-kiosque-du-lac', isPublisherKnown: false });
    expect(reading.wrapper.publisher.name).toBe('Le Kiosque du Lac');
  });

  it.each<[string, Partial<ReadArticle>, [number, string][]]>([
    ['its day', { publishedOn: '2017-04-01' }, [[26, '<wp:post_date><![CDATA[2017-04-01 14:05:22]]></wp:post_date>']]],
    ['its author', { credits: [{ role: 'AUTHOR', name: 'Zoë' }] }, [[5, '<dc:creator><![CDATA[Zoë]]></dc:creator>']]],
    ['its headline', { headline: 'Les quais' }, [[2, '<title>Les quais</title>']]],
    [
      'a category',
      { terms: [{ scheme: 'THEME', rawLabel: 'Rives' }] },
      [
        [36, '<category domain="category" nicename="environnement"><![CDATA[Rives]]></category>'],
        [37, '<category domain="category" nicename="culture"><![CDATA[]]></category>'],
      ],
    ],
  ])('changed in %s, has only the lines changed that show it', (_what, changed, lines) => {
    expect(changedLines(readingOf('export.xml#1'), changed)).toEqual(lines);
  });

  it.each([
    ['broken.xml', ['broken.xml#1', 'broken.xml ✘ XML_MALFORMED 68']],
    ['cut-short.xml', ['cut-short.xml#1', 'cut-short.xml ✘ XML_MALFORMED 94']],
    ['refused-entities.xml', ['refused-entities.xml ✘ XML_NOT_PLAIN 6']],
    ['refused-external-entity.xml', ['refused-external-entity.xml ✘ XML_NOT_PLAIN 4']],
  ])('%s', async (name, told) => {
    expect((await readAll([formatPath('wxr', name)])).map(outcomeText)).toEqual(told);
  });
});
