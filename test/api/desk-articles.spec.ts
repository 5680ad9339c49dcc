import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toGlobalId } from '../../src/common/global-id.js';
import { askAs, givenAccount, givenSession } from '../fixtures/accounts.js';
import { givenApproved, givenOriginal, givenTranslated } from '../fixtures/editors.js';
import { startTestServer, type TestServer } from '../support/test-server.js';
import { givenReferences } from '../fixtures/given.js';

let server: TestServer;
let secret: string;
beforeAll(async () => {
  server = await startTestServer();
  await givenReferences(server);
  secret = await givenSession(server, await givenAccount(server, { roles: [{ role: 'EDITOR', languages: [] }] }));
}, 60_000);
afterAll(async () => {
  await server.close();
});

async function desk(selection: string, variables: Record<string, unknown> = {}, types = ''): Promise<any> {
  const { data, errors } = await askAs(server, secret, `query ${types} { desk { ${selection} } }`, variables);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data.desk;
}

describe('an article at the desk', () => {
  it('has all that belongs to it, and every language as it stands', async () => {
    const { id, articleId } = await givenOriginal(server, 'Le quai');
    await givenTranslated(server, id, 'en', 'The quay');
    await givenApproved(server, id, 'fr', { headline: 'Le quai neuf', body: 'Un *autre* texte.' });
    const { article } = await desk(
      `article(id: $id) { id version kind publishedOn originalLanguage pageLanguage createdAt updatedAt
        publisher { name } origin { relation source { name } publishedOnLabel } credits { role agent { name } }
        regions { label } themes { label rawLabel } reports { label }
        rights { status holder copyright { raw } reuseTerms { effect statedBy { name } } notices { kind } }
        contactPoints { email } links { kind url } evidence { path exact } documents { number fileName sha256 }
        slugs edition { number languages issuedAt } lastEdition withdrawal { reason } findings { code severity waiver { reason } }
        translation(language: "en") { headline }
        translations { id version language isOriginal state headline dek body(format: HTML) slug wantedSlug isUnsaved changedBy changedAt
          method tool translator { name } isOutdated outdatedPassages isPublished publishedRevision schedule { dueAt } steps
          revision { number headline body madeBy reason createdAt source { number translation { language } } }
          revisions(first: 1) { edges { cursor node { number } } pageInfo { hasNextPage } }
          source { number headline translation { language article { id } } } article { id } } }`,
      { id: articleId },
      '($id: ID!)',
    );
    expect(article).toMatchObject({
      id: toGlobalId('Article', id),
      version: 1,
      publisher: { name: 'Mondialisation.ca' },
      origin: { relation: 'VERBATIM', source: { name: 'Le Courrier du Lac' } },
      credits: [{ role: 'AUTHOR', agent: { name: 'Anne Morel' } }],
      rights: { status: 'IN_COPYRIGHT', reuseTerms: [{ effect: 'PERMIT' }, { effect: 'ASK_FIRST' }] },
      contactPoints: [{ email: 'media@example.org' }],
      documents: [{ number: 1, fileName: '0.txt' }],
      slugs: ['le-quai', 'le-quai-en'],
      edition: { number: 2, languages: ['fr', 'en'] },
      lastEdition: 2,
      withdrawal: null,
      findings: [{ code: 'TRANSLATOR_MISSING', waiver: null }],
      translation: { headline: 'The quay' },
      translations: [
        {
          ...{ language: 'fr', isOriginal: true, state: 'APPROVED', headline: 'Le quai neuf', isPublished: true },
          ...{ body: '<p>Un <em>autre</em> texte.</p>', publishedRevision: 1, source: null, schedule: null },
          steps: ['EDIT', 'SEND_BACK', 'PUBLISH', 'UNPUBLISH'],
          revision: { number: 2, headline: 'Le quai neuf', source: null },
          revisions: { edges: [{ node: { number: 2 } }], pageInfo: { hasNextPage: true } },
        },
        {
          ...{ language: 'en', isOriginal: false, state: 'PUBLISHED', isOutdated: true, outdatedPassages: 3 },
          steps: ['EDIT', 'PUBLISH', 'UNPUBLISH'],
          revision: { source: { number: 1, translation: { language: 'fr' } } },
          source: { number: 1, translation: { language: 'fr', article: { id: articleId } } },
          article: { id: articleId },
        },
      ],
    });
    expect(article.evidence.length).toBeGreaterThan(10);
  });
});
