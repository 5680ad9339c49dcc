import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { foldLabel } from '../common/fold-label.js';
import { nameBasedId } from '../common/name-based-id.js';
import type { SeedOutcome } from '../common/seed-outcome.js';
import { toSlug } from '../common/slug.js';
import { freeId } from '../database/free-id.js';
import { requireStorableName } from '../database/name-length.js';
import { AgentEntity } from './agent.entity.js';
import { SourceEntity } from './source.entity.js';
import type { SourceRecord } from './source-file.js';

/** Makes the articles of one source another's. */
export type MoveArticles = (manager: EntityManager, fromSourceId: string, toSourceId: string) => Promise<void>;

@Injectable()
export class SourcesService {
  /**
   * Makes the desk's source, and the agent of its name, what the data file says. Where an import has added a source of
   * this name by itself, under another slug, the two become one: what articles it had are the data file's source's now.
   * A source that no data file names any more stays: articles may come from it.
   */
  async seed(
    manager: EntityManager,
    record: SourceRecord,
    move: MoveArticles = () => Promise.resolve(),
  ): Promise<SeedOutcome> {
    const { kind, slug, name, url } = record;
    const agent = await manager.findOneBy(AgentEntity, { name });
    if (agent === null) await manager.insert(AgentEntity, { id: await agentId(manager, name), name, kind });
    else if (agent.kind !== kind) await manager.update(AgentEntity, { id: agent.id }, { kind });
    const named = await manager.findOneBy(SourceEntity, { name });
    const known = (await manager.findOneBy(SourceEntity, { slug })) ?? named;
    if (known?.slug === slug && known.name === name && known.url === url && agent?.kind === kind) return 'unchanged';
    if (named !== null && known !== null && named.id !== known.id) {
      // Imports that come from it at this moment are waited for; later ones find the other.
      await manager.findOne(SourceEntity, { where: { id: named.id }, lock: { mode: 'pessimistic_write' } });
      await move(manager, named.id, known.id);
      await manager.delete(SourceEntity, { id: named.id });
    }
    const newId = known === null ? { id: await sourceId(manager, name) } : {};
    await manager.save(SourceEntity, { ...known, ...newId, slug, name, url });
    return known === null ? 'added' : 'changed';
  }

  /**
   * The source that pages call by this name, or by one that differs in case, accents and punctuation alone; a new one
   * where there was none. Names that share a slug otherwise (`新华社` and `人民日报` have no letters in it) stay apart.
   * Throws NameTooLongError.
   */
  async findOrAdd(manager: EntityManager, name: string): Promise<SourceEntity> {
    const plain = toSlug(requireStorableName(name));
    for (let place = 1; ; place++) {
      const slug = place === 1 ? plain : `${plain}-${place}`;
      await manager
        .createQueryBuilder()
        .insert()
        .into(SourceEntity)
        .values({ id: await sourceId(manager, name), slug, name, url: null })
        .orIgnore()
        .execute();
      // Kept from being merged until the transaction ends.
      const known = await manager.find(SourceEntity, {
        where: [{ name }, { slug }],
        lock: { mode: 'for_key_share' },
      });
      const found = known.find((one) => one.name === name) ?? known.find((one) => isSameName(one.name, name));
      if (found !== undefined) return found;
    }
  }

  /** The sources that pages call by these names, by name. Throws NameTooLongError. */
  async findOrAddAll(manager: EntityManager, names: Iterable<string>): Promise<Map<string, SourceEntity>> {
    const wanted = [...new Set(names)].sort();
    if (wanted.length === 0) return new Map();
    const known = await manager.find(SourceEntity, { where: { name: In(wanted) }, lock: { mode: 'for_key_share' } });
    const found = new Map(known.map((source) => [source.name, source]));
    for (const name of wanted) if (!found.has(name)) found.set(name, await this.findOrAdd(manager, name));
    return found;
  }

  /** The names of known sources that these are other ways of writing; what no source is called is left out. */
  async listKnownNames(manager: EntityManager, names: Iterable<string>): Promise<Map<string, string>> {
    const wanted = [...new Set(names)];
    if (wanted.length === 0) return new Map();
    const slugs = wanted.map((name) => toSlug(name));
    const known = await manager.findBy(SourceEntity, [{ name: In(wanted) }, { slug: In(slugs) }]);
    return new Map(
      wanted.flatMap((name) => {
        const found = known.find((one) => one.name === name) ?? known.find((one) => isSameName(one.name, name));
        return found === undefined ? [] : [[name, found.name] as const];
      }),
    );
  }

  /** The agents of these names, by name. Throws NameTooLongError. */
  async findOrAddAgents(manager: EntityManager, names: Iterable<string>): Promise<Map<string, AgentEntity>> {
    const wanted = [...new Set(names)].sort();
    if (wanted.length === 0) return new Map();
    const found = new Map(
      (await manager.findBy(AgentEntity, { name: In(wanted) })).map((agent) => [agent.name, agent]),
    );
    for (const name of wanted) if (!found.has(name)) found.set(name, await this.findOrAddAgent(manager, name));
    return found;
  }

  /** The agent of this name; a new one of unknown kind where there was none. Throws NameTooLongError. */
  async findOrAddAgent(manager: EntityManager, name: string): Promise<AgentEntity> {
    requireStorableName(name);
    const values = { id: await agentId(manager, name), name, kind: null };
    await manager.createQueryBuilder().insert().into(AgentEntity).values(values).orIgnore().execute();
    return manager.findOneByOrFail(AgentEntity, { name });
  }
}

/** The id that a new source gets. Of its name: names of other scripts share a slug. */
function sourceId(manager: EntityManager, name: string): Promise<string> {
  return freeId(manager, SourceEntity, nameBasedId('source', name));
}

function agentId(manager: EntityManager, name: string): Promise<string> {
  return freeId(manager, AgentEntity, nameBasedId('agent', name));
}

/** Names of signs alone (`+++`) have nothing left when they are folded, and are not the same for that. */
function isSameName(one: string, other: string): boolean {
  const folded = foldLabel(one);
  return folded !== '' && folded === foldLabel(other);
}
