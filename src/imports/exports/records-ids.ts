import type { ExportedEdition, ExportedReference } from './export-records.js';
import type { ExportedGroup } from './export-reader.js';

/** What has an id of its own in every database. */
export type MappedKind = ExportedReference['type'] | 'document';

/** Which ids of an export are others here: things that were there already under an id of their own. */
export class IdMap {
  readonly #others: Map<string, string>;

  constructor(before?: IdMap) {
    this.#others = new Map(before === undefined ? [] : before.#others);
  }

  map(kind: MappedKind, exported: string, here: string): void {
    if (exported === here) this.#others.delete(`${kind} ${exported}`);
    else this.#others.set(`${kind} ${exported}`, here);
  }

  /** The id here. */
  of(kind: MappedKind, exported: string): string {
    return this.#others.get(`${kind} ${exported}`) ?? exported;
  }
}

/** An article as it is to be here: everything that it refers to by the ids that this database has. */
export function withIdsOfHere({ head, revisions, editions }: ExportedGroup, ids: IdMap): ExportedGroup {
  const mapped = editions.map((edition) => editionOfHere(edition, ids));
  if (head.type === 'formerArticle') return { head, revisions, editions: mapped };
  const { origin } = head;
  const termings = (list: typeof head.regions): typeof head.regions =>
    list.map(({ termId, rawLabel }) => ({ termId: ids.of('term', termId), rawLabel }));
  return {
    head: {
      ...head,
      publisherId: ids.of('publisher', head.publisherId),
      origin: { ...origin, sourceId: origin.sourceId === null ? null : ids.of('source', origin.sourceId) },
      credits: head.credits.map(({ role, agentId }) => ({ role, agentId: ids.of('agent', agentId) })),
      regions: termings(head.regions),
      themes: termings(head.themes),
      reports: termings(head.reports),
      notices: head.notices.map((id) => ids.of('notice', id)),
      reuseTerms: head.reuseTerms.map((id) => ids.of('reuseTerm', id)),
      contactPoints: head.contactPoints.map(({ contactPointId, purposes }) => ({
        contactPointId: ids.of('contactPoint', contactPointId),
        purposes,
      })),
      // Some findings are about whose the article is.
      waivers: (head.waivers ?? []).map((waiver) => ({ ...waiver, cause: ids.of('source', waiver.cause) })),
      corrections: head.corrections ?? [],
      unpublished: head.unpublished ?? [],
      withdrawal: head.withdrawal ?? null,
      evidence: head.evidence.map((found) => ({ ...found, documentId: ids.of('document', found.documentId) })),
      documents: head.documents.map((id) => ids.of('document', id)),
      translations: head.translations.map((translation) => ({
        ...PLAIN_TRANSLATION,
        ...translation,
        translatorId: translation.translatorId == null ? null : ids.of('agent', translation.translatorId),
      })),
    },
    revisions: revisions.map((revision) => ({ ...PLAIN_REVISION, ...revision })),
    editions: mapped,
  };
}

/** What a text is of which a line says no more. */
const PLAIN_TRANSLATION = {
  tool: null,
  translatorId: null,
  state: 'DRAFT',
  settled: {},
  blockPairs: {},
  textVersion: 1,
  inHand: null,
} as const;
const PLAIN_REVISION = {
  blocks: null,
  sourceRevisionId: null,
  settled: {},
  textVersion: 1,
  madeById: null,
  madeBy: null,
} as const;

function editionOfHere(edition: ExportedEdition, ids: IdMap): ExportedEdition {
  const { content } = edition;
  const { origin, rights } = content;
  const of = <Facts extends { readonly id: string }>(kind: MappedKind, facts: Facts): Facts => ({
    ...facts,
    id: ids.of(kind, facts.id),
  });
  return {
    ...edition,
    content: {
      ...content,
      publisher: of('publisher', content.publisher),
      origin: { ...origin, source: origin.source === null ? null : of('source', origin.source) },
      regions: content.regions.map((term) => of('term', term)),
      themes: content.themes.map((term) => of('term', term)),
      reports: content.reports.map((term) => of('term', term)),
      rights: {
        ...rights,
        reuseTerms: rights.reuseTerms.map((term) => ({ ...term, statedBy: of('publisher', term.statedBy) })),
        notices: rights.notices.map((notice) => ({ ...notice, statedBy: of('publisher', notice.statedBy) })),
      },
    },
  };
}

/** What an article refers to, by kind: each has to be there. */
export function referencesOf({
  head,
}: ExportedGroup): { readonly kind: MappedKind; readonly id: string; readonly path: string }[] {
  if (head.type === 'formerArticle') return [];
  const { origin, evidence } = head;
  const documents = [...new Set([...head.documents, ...evidence.map(({ documentId }) => documentId)])];
  return [
    { kind: 'publisher', id: head.publisherId, path: 'publisherId' },
    ...(origin.sourceId === null ? [] : [{ kind: 'source' as const, id: origin.sourceId, path: 'origin.sourceId' }]),
    ...head.credits.map(({ agentId }, i) => ({ kind: 'agent' as const, id: agentId, path: `credits[${i}].agentId` })),
    ...head.translations.flatMap(({ translatorId: id }, i) =>
      id == null ? [] : [{ kind: 'agent' as const, id, path: `translations[${i}].translatorId` }],
    ),
    ...(['regions', 'themes', 'reports'] as const).flatMap((list) =>
      head[list].map(({ termId }, i) => ({ kind: 'term' as const, id: termId, path: `${list}[${i}].termId` })),
    ),
    ...head.notices.map((id, i) => ({ kind: 'notice' as const, id, path: `notices[${i}]` })),
    ...head.reuseTerms.map((id, i) => ({ kind: 'reuseTerm' as const, id, path: `reuseTerms[${i}]` })),
    ...head.contactPoints.map(({ contactPointId: id }, i) => ({
      kind: 'contactPoint' as const,
      id,
      path: `contactPoints[${i}].contactPointId`,
    })),
    ...documents.map((id) => ({ kind: 'document' as const, id, path: 'documents' })),
  ];
}
