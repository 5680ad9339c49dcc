import { isDeepStrictEqual } from 'node:util';
import { type EntityManager, In } from 'typeorm';
import { sortableName } from '../common/cursor.js';
import { ArticleReferenceEntity, ReferenceEntity } from './edition.entity.js';
import type { EditionContent } from './edition-content.js';

/** Makes what an edition shows of publisher, source and terms what readers find; the article shows nothing else. */
export async function showReferences(
  manager: EntityManager,
  articleId: string,
  content: EditionContent,
): Promise<void> {
  const shown = referencesOf(content);
  const known = await manager.findBy(ReferenceEntity, { id: In(shown.map((reference) => reference.id)) });
  // Every article of a publisher shows it: rows that say the same already are not locked, so that imports do not queue.
  const changed = shown.filter((reference) => !known.some((row) => isDeepStrictEqual({ ...row }, reference)));
  if (changed.length > 0) await manager.upsert(ReferenceEntity, changed, ['kind', 'id']);
  await manager.delete(ArticleReferenceEntity, { articleId });
  await manager.insert(
    ArticleReferenceEntity,
    shown.map(({ kind, id }) => ({ articleId, kind, referenceId: id })),
  );
}

/** What an edition shows, each once, in an order that is the same for all, so that no two wait for each other. */
function referencesOf({ publisher, origin: { source }, regions, themes }: EditionContent): ReferenceEntity[] {
  const references: ReferenceEntity[] = [
    { kind: 'PUBLISHER', id: publisher.id, slug: publisher.slug, name: publisher.name, content: publisher },
    ...(source === null
      ? []
      : [{ kind: 'SOURCE' as const, id: source.id, slug: source.slug, name: source.name, content: source }]),
    // The page's own label is the article's.
    ...[...regions, ...themes].map(({ rawLabel: _, ...term }) => ({
      kind: term.scheme,
      id: term.id,
      slug: term.slug,
      name: term.slug,
      content: term,
    })),
  ];
  const byKey = new Map(references.map((one) => [`${one.kind} ${one.id}`, { ...one, name: sortableName(one.name) }]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, reference]) => reference);
}
