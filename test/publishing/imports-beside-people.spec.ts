import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fromGlobalId, toGlobalId } from '../../src/common/global-id.js';
import type { ImportedDocument } from '../../src/imports/import-run.js';
import { ImportsService } from '../../src/imports/imports.service.js';
import type { UndoneImport } from '../../src/imports/undo-import.js';
import { readersHave } from '../fixtures/editors.js';
import { givenPublished, givenReferences, seedTexts } from '../fixtures/given.js';
import { page, type PageFacts } from '../fixtures/page.js';
import { approve, at, givenTranslated, type GivenText, givenWriter, textOf, type Writer } from '../fixtures/writers.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
let writer: Writer;
let count = 0;
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  writer = await givenWriter(server);
}, 60_000);
afterAll(async () => {
  await server.close();
});

async function seedPage(facts: PageFacts, options = {}): Promise<ImportedDocument> {
  const [seeded] = await seedTexts(server, [page(facts)], options);
  if (seeded === undefined) throw new Error('nothing came back');
  return seeded;
}

async function undoLast(): Promise<UndoneImport> {
  const imports = server.app.get(ImportsService);
  const [run] = await imports.listRuns(1);
  return imports.undo(run?.number ?? 0, false);
}

interface Known {
  readonly id: string;
  readonly articleId: string;
  readonly facts: PageFacts;
}

/** An article that a page has brought, and readers have. */
async function given(name: string): Promise<Known> {
  const facts = { headline: `${name} ${++count}`, regions: ['Europe'] };
  const { articleId: id } = await givenPublished(server, facts);
  return { id, articleId: toGlobalId('Article', id), facts };
}

/** What the desk has of an article. */
async function atDesk({ articleId }: Known): Promise<{
  readonly version: number;
  readonly findings: { readonly code: string; readonly path: string }[];
  readonly original: GivenText;
  readonly state: string;
}> {
  const { article } = await writer.desk(`article(id: "${articleId}") { version findings { code path }
    translations { id version isOriginal state revision { id number } } }`);
  const { version, findings, translations } = article as Record<string, any>;
  const translation = (translations as { isOriginal: boolean; state: string }[]).find(({ isOriginal }) => isOriginal);
  return { version, findings, original: textOf({ translation }), state: translation?.state ?? '' };
}

describe('taking an import back', () => {
  it.each<[string, (known: Known) => Promise<unknown>]>([
    [
      'given another slug',
      async (known) => {
        const slug = `un-autre-nom-${++count}`;
        const { version: expectedVersion } = await atDesk(known);
        return writer.code('changeSlug', { articleId: known.articleId, expectedVersion, language: 'fr', slug });
      },
    ],
    [
      'rewritten and written back',
      async (known) => {
        const { original } = await atDesk(known);
        const detour = textOf(
          await writer.do('saveRevision', { ...at(original), headline: 'Un détour', reason: 'A detour' }),
        );
        return writer.code('saveRevision', { ...at(detour), headline: known.facts.headline, reason: 'And back' });
      },
    ],
  ])('is refused by name where an article was %s since', async (_what, build) => {
    const known = await given('Le quai');
    expect(await build(known)).toBeNull();
    expect(await undoLast()).toMatchObject({
      isDone: false,
      builtUpon: [{ articleId: known.id, reasons: ['worked on at the desk'] }],
    });
  });

  it('is refused by name where a later state was approved since', async () => {
    const known = await given('La darse');
    await seedPage({ ...known.facts, dek: '*Une autre.*' });
    await approve(writer, (await atDesk(known)).original, true);
    expect(await undoLast()).toMatchObject({ isDone: false, builtUpon: [{ reasons: ['worked on at the desk'] }] });
  });

  it('is not hindered by what was done before it, and leaves texts as far as they had come', async () => {
    const known = await given('La cale');
    const { version: expectedVersion, original } = await atDesk(known);
    const slug = `une-autre-cale-${++count}`;
    await writer.do('changeSlug', { articleId: known.articleId, expectedVersion, language: 'fr', slug });
    await seedPage({ ...known.facts, dek: '*Une autre.*' });
    expect(await atDesk(known)).toMatchObject({ state: 'DRAFT' });
    expect(await undoLast()).toMatchObject({ isDone: true, builtUpon: [] });
    expect(await atDesk(known)).toMatchObject({ state: 'PUBLISHED' });

    const { original: now } = await atDesk(known);
    expect(now.translationId).toBe(original.translationId);
    await writer.do('saveRevision', { ...at(now), headline: 'Relu', reason: 'Reworded' });
    await approve(writer, (await atDesk(known)).original, true);
    await seedPage({ ...known.facts, regions: ['Asie'] }, { isPublishing: true });
    expect(await atDesk(known)).toMatchObject({ state: 'PUBLISHED' });
    expect(await readersHave(server, known.articleId)).toEqual({ fr: 'Relu' });
    expect(await undoLast()).toMatchObject({ isDone: true, builtUpon: [] });
    expect(await atDesk(known)).toMatchObject({ state: 'APPROVED' });
    expect(await readersHave(server, known.articleId)).toEqual({ fr: known.facts.headline });
  });
});

describe('a later document', () => {
  it('in a language in which its article has another text is refused, and the others go in', async () => {
    const known = await given('Le môle');
    await givenTranslated(writer, (await atDesk(known)).original);
    const words = 'Since the spring the people of the town have been walking across the railway to reach the beach.';
    const english = page({ ...known.facts, dek: null, body: [words, words] });
    const other = page({ headline: `Le musoir ${++count}`, body: ['Une jetée est bâtie devant le port de la ville.'] });
    const answers = { sameAs: known.id };
    expect(await seedTexts(server, [english], { answers })).toMatchObject([
      { outcome: 'refused', refusal: { code: 'TEXT_LANGUAGE_TAKEN', found: 'one in en' } },
    ]);
    const told = await seedTexts(server, [other, english]);
    expect(told[0]).toMatchObject({ outcome: 'added' });
    expect(told[1]?.outcome).not.toBe('failed');
    expect(fromGlobalId((await atDesk(known)).original.translationId)).not.toBeNull();
  });

  it('leaves what is remarked of what a person has written', async () => {
    const known = await given('Le mât');
    const { version: expectedVersion } = await atDesk(known);
    const origin = {
      relation: 'VERBATIM',
      source: 'Radio Port',
      url: 'https://radio.example/1',
      publishedOn: '2031-01-01',
    };
    expect(await writer.code('editArticle', { articleId: known.articleId, expectedVersion, origin })).toBeNull();
    const remark = { code: 'ORIGIN_AFTER_PUBLICATION', path: 'origin.publishedOn' };
    expect((await atDesk(known)).findings).toContainEqual(remark);
    const answers = { sameAs: known.id };
    const later = await seedPage({ ...known.facts, dek: '*Une autre.*' }, { isPublishing: true, answers });
    expect((await atDesk(known)).findings).toContainEqual(remark);
    expect(later).toMatchObject({ outcome: 'changed', publication: { outcome: 'blocked' } });
  });
});
