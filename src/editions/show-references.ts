import { sortableName } from '../common/cursor.js';
import type { OneStatement } from '../database/one-statement.js';
import type { ReferenceEntity } from './edition.entity.js';
import type { EditionContent } from './edition-content.js';
import { factOf } from './facts.js';
import type { ServedEdition } from './serve-editions.js';

/** Makes what editions show of publisher, source and terms what readers find; their articles show nothing else. */
export function showReferences(shown: OneStatement, editions: readonly ServedEdition[]): void {
  const references = once(editions.flatMap(({ content }) => referencesOf(content)));
  shown.add(changeReferences(shown.value(JSON.stringify(references))));
}

/** Every article of a publisher shows it: rows that say the same already are not locked, so that imports do not queue. */
const changeReferences = (references: string): string => `
insert into edition.reference (kind, id, slug, name, fact, content)
select n.kind, n.id, n.slug, n.name, n.fact, n.content
from json_to_recordset(${references}::json)
  as n (kind text, id uuid, slug text, name text, fact bigint, content jsonb)
where not exists (
  select from edition.reference r where (r.kind, r.id, r.slug, r.name, r.fact) = (n.kind, n.id, n.slug, n.name, n.fact)
    and r.content = n.content)
on conflict (kind, id) do update
  set slug = excluded.slug, name = excluded.name, fact = excluded.fact, content = excluded.content`;

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
