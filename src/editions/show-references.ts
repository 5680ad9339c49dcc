import { isDeepStrictEqual } from 'node:util';
import { type EntityManager, In } from 'typeorm';
import { sortableName } from '../common/cursor.js';
import { ReferenceEntity } from './edition.entity.js';
import type { EditionContent } from './edition-content.js';
import { factOf } from './facts.js';
import type { ServedEdition } from './serve-editions.js';

/** Makes what editions show of publisher, source and terms what readers find; their articles show nothing else. */
export async function showReferences(manager: EntityManager, editions: readonly ServedEdition[]): Promise<void> {
  const all = once(editions.flatMap(({ content }) => referencesOf(content)));
  const known = await manager.findBy(ReferenceEntity, { id: In(all.map((reference) => reference.id)) });
  // Every article of a publisher shows it: rows that say the same already are not locked, so that imports do not queue.
  const changed = all.filter((reference) => !known.some((row) => isDeepStrictEqual({ ...row }, reference)));
  if (changed.length > 0) await manager.upsert(ReferenceEntity, changed, ['kind', 'id']);
}

/** What an edition shows. */
function referencesOf({ publisher, origin: { source }, regions, themes, reports }: EditionContent): ReferenceEntity[] {
  const references: Omit<ReferenceEntity, 'fact'>[] = [
    { kind: 'PUBLISHER', id: publisher.id, slug: publisher.slug, name: publisher.name, content: publisher },
    ...(source === null
      ? []
      : [{ kind: 'SOURCE' as const, id: source.id, slug: source.slug, name: source.name, content: source }]),
    // The page's own label is the article's.
    ...[...regions, ...themes, ...reports].map(({ rawLabel: _, ...term }) => ({
      kind: term.scheme,
      id: term.id,
      slug: term.slug,
      name: term.slug,
      content: term,
    })),
  ];
  return once(references.map((one) => ({ ...one, name: sortableName(one.name), fact: factOf(one.kind, one.slug) })));
}

/** Each reference once, in an order that is the same for all, so that no two wait for each other. */
function once(references: readonly ReferenceEntity[]): ReferenceEntity[] {
  const byKey = new Map(references.map((one) => [`${one.kind} ${one.id}`, one]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, reference]) => reference);
}
