import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { foldLabel } from '../common/fold-label.js';
import type { SeedOutcome } from '../common/seed-outcome.js';
import { toSlug } from '../common/slug.js';
import { AgentEntity } from './agent.entity.js';
import { SourceEntity } from './source.entity.js';
import type { SourceRecord } from './source-file.js';

@Injectable()
export class SourcesService {
  /** Makes the desk's source, and the agent of its name, what the data file says. */
  async seed(manager: EntityManager, record: SourceRecord): Promise<SeedOutcome> {
    const { kind, slug, name, url } = record;
    const agent = await manager.findOneBy(AgentEntity, { name });
    if (agent?.kind !== kind) await manager.save(AgentEntity, { ...agent, name, kind });
    const known = await manager.findOneBy(SourceEntity, [{ slug }, { name }]);
    if (known?.slug === slug && known.name === name && known.url === url && agent?.kind === kind) return 'unchanged';
    await manager.save(SourceEntity, { ...known, slug, name, url });
    return known === null ? 'added' : 'changed';
  }

  /**
   * The source that pages call by this name, or by one that differs in case, accents and punctuation alone; a new one
   * where there was none. Names that share a slug otherwise (`新华社` and `人民日报` have no letters in it) stay apart.
   */
  async findOrAdd(manager: EntityManager, name: string): Promise<SourceEntity> {
    const plain = toSlug(name);
    for (let place = 1; ; place++) {
      const slug = place === 1 ? plain : `${plain}-${place}`;
      await manager
        .createQueryBuilder()
        .insert()
        .into(SourceEntity)
        .values({ slug, name, url: null })
        .orIgnore()
        .execute();
      const known = await manager.findBy(SourceEntity, [{ name }, { slug }]);
      const found =
        known.find((one) => one.name === name) ?? known.find((one) => foldLabel(one.name) === foldLabel(name));
      if (found !== undefined) return found;
    }
  }

  /** The agent of this name; a new one of unknown kind where there was none. */
  async findOrAddAgent(manager: EntityManager, name: string): Promise<AgentEntity> {
    await manager.createQueryBuilder().insert().into(AgentEntity).values({ name, kind: null }).orIgnore().execute();
    return manager.findOneByOrFail(AgentEntity, { name });
  }
}
