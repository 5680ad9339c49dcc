import { type EntityManager, In } from 'typeorm';
import { type AgentKind, TERM_LISTS, TERM_SCHEMES } from '../common/vocabulary.js';
import type { CompiledWrapper } from '../publishers/compiled-wrapper.js';
import { PublisherEntity } from '../publishers/publisher.entity.js';
import type { PublishersService } from '../publishers/publishers.service.js';
import { AgentEntity } from '../sources/agent.entity.js';
import { SourceEntity } from '../sources/source.entity.js';
import type { SourceFacts } from '../sources/source.type.js';
import type { TaxonomyService } from '../taxonomy/taxonomy.service.js';
import { TermEntity } from '../taxonomy/term.entity.js';
import type { TermFacts } from '../taxonomy/term.type.js';
import { isHolder, linesByLanguage, publisherFacts, termFacts } from './build-edition.js';
import type { EditionContent, EditionEvidence } from './edition-content.js';

/** What editions show of others than their article, as it is now. */
export interface CurrentReferences {
  readonly publishers: ReadonlyMap<string, { entity: PublisherEntity; wrappers: readonly CompiledWrapper[] }>;
  /** By id, and by name: a source that became one with another has that one's id. */
  readonly sources: ReadonlyMap<string, SourceFacts>;
  readonly agentKinds: ReadonlyMap<string, AgentKind | null>;
  /** By id, and by scheme and the page's label: a term may have been split, or be one with another now. */
  readonly terms: ReadonlyMap<string, TermEntity>;
}

/** An edition's content with the evidence for it. */
export interface ShownEdition {
  readonly content: EditionContent;
  readonly evidence: readonly EditionEvidence[];
}

/** The lists of terms in the order of their schemes. */
const LISTS = TERM_SCHEMES.map((scheme) => TERM_LISTS[scheme]);

/**
 * What an edition shows with its publisher, source, agents and terms as they are now. Everything of the article itself
 * stays as it was published: what waits at the desk is no reader's. Pure.
 */
export function refreshEdition({ content, evidence }: ShownEdition, references: CurrentReferences): ShownEdition {
  const statedBy = <T extends { readonly statedBy: { readonly id: string } }>(clause: T): T => {
    const publisher = references.publishers.get(clause.statedBy.id);
    return publisher === undefined ? clause : { ...clause, statedBy: publisherFacts(publisher.entity) };
  };
  const { rights, origin, credits } = content;
  const publisher = references.publishers.get(content.publisher.id);
  const regions = refreshTerms(content.regions, references);
  const themes = refreshTerms(content.themes, references);
  const reports = refreshTerms(content.reports, references);
  const places = { regions: regions.places, themes: themes.places, reports: reports.places };
  const refreshed: EditionContent = {
    ...content,
    publisher: publisher === undefined ? content.publisher : publisherFacts(publisher.entity),
    origin: {
      ...origin,
      source:
        origin.source === null
          ? null
          : (references.sources.get(origin.source.id) ?? references.sources.get(origin.source.name) ?? origin.source),
    },
    credits: credits.map(({ role, agent }) => ({
      role,
      agent: { ...agent, kind: references.agentKinds.get(agent.name) ?? agent.kind },
    })),
    regions: regions.terms,
    themes: themes.terms,
    reports: reports.terms,
    rights: {
      ...rights,
      reuseTerms: rights.reuseTerms.map((term) => {
        const stating = references.publishers.get(term.statedBy.id);
        const holderConfirmed = stating === undefined ? term.holderConfirmed : isHolder(stating.entity, rights.holder);
        return { ...statedBy(term), holderConfirmed };
      }),
      notices: rights.notices.map(statedBy),
    },
  };
  return {
    content:
      publisher === undefined ? refreshed : { ...refreshed, wrappers: linesByLanguage(refreshed, publisher.wrappers) },
    evidence: LISTS.reduce((shown, list) => moveEvidence(shown, list, places[list]), evidence),
  };
}

/** Terms as they are now, each once; `places` has the new place of each, null where it is another one's already. */
function refreshTerms(
  before: readonly TermFacts[],
  { terms }: CurrentReferences,
): { terms: TermFacts[]; places: (number | null)[] } {
  const now: TermFacts[] = [];
  const places = before.map((facts) => {
    const term = terms.get(keyOf(facts.scheme, facts.rawLabel ?? '')) ?? terms.get(facts.id);
    const current = term === undefined ? facts : termFacts({ term, rawLabel: facts.rawLabel ?? '' });
    if (now.some(({ id }) => id === current.id)) return null;
    return now.push(current) - 1;
  });
  return { terms: now, places };
}

/** Evidence of a list whose entries stand in other places now. */
function moveEvidence(
  evidence: readonly EditionEvidence[],
  list: string,
  places: readonly (number | null)[],
): readonly EditionEvidence[] {
  if (places.every((place, i) => place === i)) return evidence;
  return evidence.flatMap((found) => {
    const [whole, place] = new RegExp(`^${list}\\[(\\d+)\\]`).exec(found.path) ?? [];
    if (whole === undefined) return [found];
    const now = places[Number(place)];
    return now == null ? [] : [{ ...found, path: `${list}[${now}]${found.path.slice(whole.length)}` }];
  });
}

function keyOf(scheme: string, rawLabel: string): string {
  return `${scheme} ${rawLabel}`;
}

/** What these editions show of others, as it is now. */
export async function listCurrentReferences(
  manager: EntityManager,
  contents: readonly EditionContent[],
  { publishers, taxonomy }: { readonly publishers: PublishersService; readonly taxonomy: TaxonomyService },
): Promise<CurrentReferences> {
  const once = (values: readonly string[]): string[] => [...new Set(values)];
  const entities = await manager.findBy(PublisherEntity, {
    id: In(
      once(
        contents.flatMap(({ publisher, rights }) => [
          publisher.id,
          ...[...rights.reuseTerms, ...rights.notices].map(({ statedBy }) => statedBy.id),
        ]),
      ),
    ),
  });
  const listed = new Map<string, { entity: PublisherEntity; wrappers: CompiledWrapper[] }>();
  for (const entity of entities) {
    listed.set(entity.id, { entity, wrappers: await publishers.listWrappers(manager, entity) });
  }
  const shown = contents.map(({ origin }) => origin.source).filter((source) => source !== null);
  const sources = await manager.find(SourceEntity, {
    where: [{ id: In(once(shown.map(({ id }) => id))) }, { name: In(once(shown.map(({ name }) => name))) }],
  });
  const names = once(contents.flatMap(({ credits }) => credits.map(({ agent }) => agent.name)));
  const agents = await manager.findBy(AgentEntity, { name: In(names) });
  return {
    publishers: listed,
    sources: new Map(
      sources.flatMap(({ id, slug, name, url }) => {
        const facts = { id, slug, name, url };
        return [
          [name, facts],
          [id, facts],
        ] as const;
      }),
    ),
    agentKinds: new Map(agents.map(({ name, kind }) => [name, kind])),
    terms: await listCurrentTerms(manager, contents, taxonomy),
  };
}

async function listCurrentTerms(
  manager: EntityManager,
  contents: readonly EditionContent[],
  taxonomy: TaxonomyService,
): Promise<Map<string, TermEntity>> {
  const shown = contents.flatMap((content) => LISTS.flatMap((list) => content[list]));
  const ids = new Map<string, string>(shown.map(({ id }) => [id, id]));
  for (const scheme of new Set(shown.map((term) => term.scheme))) {
    const labels = shown.flatMap((term) => (term.scheme === scheme && term.rawLabel != null ? [term.rawLabel] : []));
    for (const [label, { id }] of await taxonomy.findByLabels(manager, scheme, labels)) {
      ids.set(keyOf(scheme, label), id);
    }
  }
  const entities = await manager.find(TermEntity, {
    where: { id: In([...new Set(ids.values())]) },
    relations: { labels: true },
  });
  const byId = new Map(entities.map((entity) => [entity.id, entity]));
  return new Map(
    [...ids].flatMap(([key, id]) => {
      const entity = byId.get(id);
      return entity === undefined ? [] : [[key, entity] as const];
    }),
  );
}
