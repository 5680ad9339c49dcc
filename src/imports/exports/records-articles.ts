import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import type { Refusal } from '../../reading/reading.js';
import type { ExportedArticle, ExportedEdition } from './export-records.js';
import { type ExportedGroup, listEditions, listGroups } from './export-reader.js';
import { type IdMap, type MappedKind, referencesOf, withIdsOfHere } from './records-ids.js';
import { WORDS } from './records-references.js';

/** The lines of one article, and where they begin. */
export interface ArticleLines {
  readonly line: number;
  readonly group: ExportedGroup;
}

/** What is to be done with an article of an export. */
export type ArticlePlan = { readonly line: number } & (
  | { readonly outcome: 'add'; readonly group: ExportedGroup; readonly editions: readonly ExportedEdition[] }
  | { readonly outcome: 'unchanged'; readonly group: ExportedGroup }
  | { readonly outcome: 'refuse'; readonly refusal: Refusal }
);

const TABLES: Readonly<Record<MappedKind, string>> = {
  publisher: 'publisher',
  source: 'source',
  agent: 'agent',
  term: 'term',
  contactPoint: 'contact_point',
  notice: 'notice',
  reuseTerm: 'reuse_term',
  document: 'document',
};

/**
 * Compares articles of an export with the desk, and plans what is done with each, in their order: what is there and
 * says the same is left, what says otherwise is refused, and so is what could not be there beside what is.
 */
export async function planArticles(
  manager: EntityManager,
  articles: readonly ArticleLines[],
  ids: IdMap,
): Promise<ArticlePlan[]> {
  const here = articles.map(({ line, group }) => ({ line, given: group, group: withIdsOfHere(group, ids) }));
  const articleIds = here.map(({ group }) => group.head.id);
  const stored = new Map(
    (await listGroups(manager, await listKnown(manager, articleIds))).map((one) => [one.head.id, one]),
  );
  const editions = await listEditions(manager, articleIds);
  const isThere = await findReferences(
    manager,
    here.map(({ group }) => group),
  );
  const owners = await listOwners(
    manager,
    here.map(({ group }) => group),
  );
  return here.map(({ line, given, group }): ArticlePlan => {
    const { head } = group;
    const refuse = (code: Refusal['code'], expected: string, found: string): ArticlePlan => ({
      line,
      outcome: 'refuse',
      refusal: { code, line, expected, found },
    });
    const contradict = (found: string): ArticlePlan =>
      refuse('EXPORT_CONTRADICTS', `the article “${headlineOf(group)}” as it is here`, found);

    const references = referencesOf(group);
    const missing = references.findIndex(({ kind, id }) => !isThere(kind, id));
    if (missing !== -1) {
      const { kind, path } = references[missing] ?? { kind: 'document' as const, path: '' };
      const expected = `${WORDS[kind]} that an earlier line or the desk has at ${path}`;
      return refuse('EXPORT_MALFORMED', expected, referencesOf(given)[missing]?.id ?? '');
    }
    const same = stored.get(head.id);
    if (same !== undefined) {
      const difference = differenceOf(same, group);
      return difference === null
        ? { line, outcome: 'unchanged', group }
        : contradict(`something else in ${difference}`);
    }
    const recorded = editions.filter(({ articleId }) => articleId === head.id);
    const other = recorded.find(
      (edition) => !group.editions.some((one) => one.id === edition.id && isDeepStrictEqual(one, edition)),
    );
    if (other !== undefined) return contradict(`another edition ${other.number}`);
    if (head.type === 'formerArticle' && recorded.length === group.editions.length) {
      return { line, outcome: 'unchanged', group };
    }
    const owner = owners(group);
    if (owner !== null) return contradict(owner);
    const known = new Set(recorded.map(({ id }) => id));
    return { line, outcome: 'add', group, editions: group.editions.filter(({ id }) => !known.has(id)) };
  });
}

/** An article by its headline, as a person knows it. */
export function headlineOf({ head, revisions, editions }: ExportedGroup): string {
  if (head.type === 'formerArticle') return editions.at(-1)?.content.texts[0]?.headline ?? head.id;
  const original = head.translations.find(({ isOriginal }) => isOriginal);
  return revisions.findLast(({ translationId }) => translationId === original?.id)?.headline ?? head.id;
}

async function listKnown(manager: EntityManager, articleIds: readonly string[]): Promise<string[]> {
  const rows = await manager.query<{ id: string }[]>('select id from desk.article where id = any ($1)', [articleIds]);
  return rows.map(({ id }) => id);
}

/** Which of the things that articles refer to are there. */
async function findReferences(
  manager: EntityManager,
  groups: readonly ExportedGroup[],
): Promise<(kind: MappedKind, id: string) => boolean> {
  const references = groups.flatMap(referencesOf);
  const found = new Set<string>();
  for (const kind of new Set(references.map((reference) => reference.kind))) {
    const ids = [...new Set(references.filter((one) => one.kind === kind).map(({ id }) => id))];
    const rows = await manager.query<{ id: string }[]>(`select id from desk.${TABLES[kind]} where id = any ($1)`, [
      ids,
    ]);
    for (const { id } of rows) found.add(`${kind} ${id}`);
  }
  return (kind, id) => found.has(`${kind} ${id}`);
}

/** What of an article is another article's already: a slug, or a document. */
async function listOwners(
  manager: EntityManager,
  groups: readonly ExportedGroup[],
): Promise<(group: ExportedGroup) => string | null> {
  const heads = groups.map(({ head }) => head).filter((head): head is ExportedArticle => head.type === 'article');
  const slugs = await manager.query<{ slug: string; articleId: string }[]>(
    'select slug, article_id as "articleId" from desk.slug where slug = any ($1)',
    [heads.flatMap((head) => head.slugs)],
  );
  const documents = await manager.query<{ documentId: string; fileName: string }[]>(
    `select l.document_id as "documentId", d.file_name as "fileName"
     from desk.article_document l join desk.document d on d.id = l.document_id where l.document_id = any ($1)`,
    [heads.flatMap((head) => head.documents)],
  );
  return ({ head }) => {
    if (head.type === 'formerArticle') return null;
    const slug = slugs.find((one) => head.slugs.includes(one.slug));
    if (slug !== undefined) return `another article with its slug ${slug.slug}`;
    const document = documents.find((one) => head.documents.includes(one.documentId));
    return document === undefined ? null : `another article that its document ${document.fileName} has brought`;
  };
}

/** The first thing in which two states of an article differ; null where they say the same. */
function differenceOf(stored: ExportedGroup, told: ExportedGroup): string | null {
  const head = Object.entries(told.head).find(
    ([key, value]) => !isDeepStrictEqual(value, (stored.head as unknown as Record<string, unknown>)[key]),
  );
  if (head !== undefined) return head[0];
  for (const list of ['revisions', 'editions'] as const) {
    const other = told[list].find((one, i) => !isDeepStrictEqual(one, stored[list][i]));
    if (other !== undefined) return `${list === 'revisions' ? 'revision' : 'edition'} ${other.number}`;
  }
  return null;
}
