import { isDeepStrictEqual } from 'node:util';
import { type EntityManager, In, type ObjectLiteral } from 'typeorm';
import { foldLabel } from '../../common/fold-label.js';
import { toSlug } from '../../common/slug.js';
import { ContactPointEntity } from '../../contacts/contact-point.entity.js';
import { freeId } from '../../database/free-id.js';
import { insertRows } from '../../database/insert-rows.js';
import { DocumentRefused } from '../../reading/document-refused.js';
import { PublisherEntity } from '../../publishers/publisher.entity.js';
import { WrapperEntity } from '../../publishers/wrapper.entity.js';
import { NoticeEntity } from '../../rights/notice.entity.js';
import { ReuseTermEntity } from '../../rights/reuse-term.entity.js';
import { AgentEntity } from '../../sources/agent.entity.js';
import { SourceEntity } from '../../sources/source.entity.js';
import { TermAliasEntity, TermEntity, TermLabelEntity } from '../../taxonomy/term.entity.js';
import type {
  ExportedAgent,
  ExportedContactPoint,
  ExportedNotice,
  ExportedPublisher,
  ExportedReference,
  ExportedReuseTerm,
  ExportedSource,
  ExportedTerm,
} from './export-records.js';
import type { IdMap } from './records-ids.js';

/** A line of reference data. */
export interface ReferenceLine<Record extends ExportedReference = ExportedReference> {
  readonly line: number;
  readonly record: Record;
}

/**
 * Brings reference data in within the caller's transaction. What is there by its natural key stays as it is, and what
 * refers to it in the export refers to that. Gives whether something that readers see says otherwise here.
 * Throws DocumentRefused at a line that can not go in.
 */
export async function storeReferences(
  manager: EntityManager,
  lines: readonly ReferenceLine[],
  ids: IdMap,
): Promise<boolean> {
  let isOtherwise = false;
  for (const { line, record } of lines) {
    const store = new ReferenceStore(manager, ids, line);
    isOtherwise = (await store.store(record)) || isOtherwise;
  }
  return isOtherwise;
}

class ReferenceStore {
  constructor(
    private readonly manager: EntityManager,
    private readonly ids: IdMap,
    private readonly line: number,
  ) {}

  async store(record: ExportedReference): Promise<boolean> {
    switch (record.type) {
      case 'publisher':
        return this.#publisher(record);
      case 'source':
        return this.#source(record);
      case 'agent':
        return this.#agent(record);
      case 'term':
        return this.#term(record);
      case 'contactPoint':
        return this.#contactPoint(record);
      case 'notice':
        return this.#notice(record);
      case 'reuseTerm':
        return this.#reuseTerm(record);
    }
  }

  async #publisher({ type: _, id, wrappers, ...facts }: ExportedPublisher): Promise<boolean> {
    const known = await this.manager.findOneBy(PublisherEntity, { slug: facts.slug });
    if (known !== null) {
      this.ids.map('publisher', id, known.id);
      const { id: _id, updatedAt: _at, ...knownFacts } = known;
      const stored = await this.manager.findBy(WrapperEntity, { publisherId: known.id });
      const knownWrappers = Object.fromEntries(stored.map(({ language, definition }) => [language, definition]));
      return !isDeepStrictEqual([{ ...knownFacts }, knownWrappers], [facts, wrappers]);
    }
    const publisherId = await this.#add('publisher', id, PublisherEntity, facts);
    const rows = Object.entries(wrappers).map(([language, definition]) => ({ publisherId, language, definition }));
    await insertRows(this.manager, WrapperEntity, rows);
    return false;
  }

  async #source({ type: _, id, ...facts }: ExportedSource): Promise<boolean> {
    const { name, slug } = facts;
    const found = await this.manager.findBy(SourceEntity, [{ name }, { slug }]);
    const known = found.find((one) => one.name === name) ?? found[0];
    if (known === undefined) {
      await this.#add('source', id, SourceEntity, facts);
      return false;
    }
    if (known.name !== name) this.#requireSame('source', slug, [known.name], [name]);
    this.ids.map('source', id, known.id);
    return !isDeepStrictEqual({ slug: known.slug, name: known.name, url: known.url }, facts);
  }

  async #agent({ type: _, id, ...facts }: ExportedAgent): Promise<boolean> {
    const known = await this.manager.findOneBy(AgentEntity, { name: facts.name });
    if (known === null) {
      await this.#add('agent', id, AgentEntity, facts);
      return false;
    }
    this.ids.map('agent', id, known.id);
    return known.kind !== facts.kind;
  }

  async #term({ type: _, id, labels, aliases, ...facts }: ExportedTerm): Promise<boolean> {
    const known = await this.manager.findOne(TermEntity, { where: facts, relations: { labels: true } });
    if (known !== null) {
      this.#requireSame(
        'term',
        facts.slug,
        known.labels.map(({ label }) => label),
        Object.values(labels),
      );
      this.ids.map('term', id, known.id);
      const knownLabels = Object.fromEntries(known.labels.map(({ language, label }) => [language, label]));
      return !isDeepStrictEqual(knownLabels, { ...labels });
    }
    const termId = await this.#add('term', id, TermEntity, facts);
    const labelRows = Object.entries(labels).map(([language, label]) => ({ termId, language, label }));
    await insertRows(this.manager, TermLabelEntity, labelRows);
    // A way of writing that another term has here stays that one's.
    const aliasRows = aliases.map((folded) => ({ scheme: facts.scheme, folded, termId }));
    await insertRows(this.manager, TermAliasEntity, aliasRows, { ignoreExisting: true });
    return false;
  }

  async #contactPoint({ type: _, id, ...facts }: ExportedContactPoint): Promise<boolean> {
    const publisherId = await this.#require('publisher', facts.publisherId, PublisherEntity, 'publisherId');
    const known = await this.manager.findOneBy(ContactPointEntity, { publisherId, email: facts.email });
    if (known === null) await this.#add('contactPoint', id, ContactPointEntity, { ...facts, publisherId });
    else this.ids.map('contactPoint', id, known.id);
    return false;
  }

  async #notice({ type: _, id, ...facts }: ExportedNotice): Promise<boolean> {
    const statedById = await this.#require('publisher', facts.statedById, PublisherEntity, 'statedById');
    const { clauseKey, language } = facts;
    const versions = await this.manager.findBy(NoticeEntity, { statedById, clauseKey, language });
    const known = versions.find(({ text, kind }) => text === facts.text && kind === facts.kind);
    if (known !== undefined) this.ids.map('notice', id, known.id);
    else await this.#add('notice', id, NoticeEntity, { ...facts, statedById, version: freeVersion(versions, facts) });
    return false;
  }

  async #reuseTerm({ type: _, id, ...facts }: ExportedReuseTerm): Promise<boolean> {
    const statedById = await this.#require('publisher', facts.statedById, PublisherEntity, 'statedById');
    const contactPointId =
      facts.contactPointId === null
        ? null
        : await this.#require('contactPoint', facts.contactPointId, ContactPointEntity, 'contactPointId');
    const { clauseKey, language } = facts;
    const versions = await this.manager.findBy(ReuseTermEntity, { statedById, clauseKey, language });
    const row = { ...facts, statedById, contactPointId };
    const known = versions.find((one) => isDeepStrictEqual(meaningOf(one), meaningOf(row)));
    if (known !== undefined) this.ids.map('reuseTerm', id, known.id);
    else await this.#add('reuseTerm', id, ReuseTermEntity, { ...row, version: freeVersion(versions, facts) });
    return false;
  }

  /** Adds a row, under the id that the export has where no other thing has it here. */
  async #add(
    kind: ExportedReference['type'],
    exportedId: string,
    entity: new () => { readonly id: string },
    row: object,
  ): Promise<string> {
    const id = await freeId(this.manager, entity, exportedId);
    await insertRows(this.manager, entity, [{ ...row, id }]);
    this.ids.map(kind, exportedId, id);
    return id;
  }

  /** The id here of what a line refers to. */
  async #require(
    kind: ExportedReference['type'],
    exportedId: string,
    entity: new () => ObjectLiteral,
    path: string,
  ): Promise<string> {
    const id = this.ids.of(kind, exportedId);
    if ((await this.manager.count(entity, { where: { id: In([id]) } })) > 0) return id;
    const expected = `${WORDS[kind]} that an earlier line or the desk has at ${path}`;
    throw new DocumentRefused({ code: 'EXPORT_MALFORMED', line: this.line, expected, found: exportedId });
  }

  /** Names of other scripts share a slug by chance: then it tells nothing. */
  #requireSame(kind: 'source' | 'term', slug: string, known: readonly string[], told: readonly string[]): void {
    const folded = new Set(known.map(foldLabel));
    const isShared = told.some((name) => foldLabel(name) !== '' && folded.has(foldLabel(name)));
    const isByChance = [known, told].every((names) => names.some((name) => slug.startsWith(toSlug(name))));
    if (isShared || !isByChance || told.length === 0) return;
    const expected = `the ${kind} that the desk has under the slug ${slug}, ${known.join(', ')}`;
    throw new DocumentRefused({ code: 'EXPORT_CONTRADICTS', line: this.line, expected, found: told.join(', ') });
  }
}

/** What a line refers to, in words. */
export const WORDS: Readonly<Record<ExportedReference['type'] | 'document', string>> = {
  publisher: 'a publisher',
  source: 'a source',
  agent: 'an agent',
  term: 'a term',
  contactPoint: 'a contact point',
  notice: 'a notice',
  reuseTerm: 'a reuse term',
  document: 'a document',
};

function meaningOf(term: Omit<ExportedReuseTerm, 'type' | 'id' | 'version'>): unknown {
  const { text, effect, actions, media, duties, audienceLabel, contactPointId } = term;
  return [text, effect, actions, media, duties, audienceLabel, contactPointId];
}

/** The version that the export has, or the next where another wording has that here. */
function freeVersion(
  known: readonly { readonly version: number }[],
  { version }: { readonly version: number },
): number {
  if (!known.some((one) => one.version === version)) return version;
  return 1 + Math.max(...known.map((one) => one.version));
}
