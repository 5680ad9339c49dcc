import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import type { SeedOutcome } from '../common/seed-outcome.js';
import { type CompiledWrapper, compileWrapper } from './compiled-wrapper.js';
import { PublisherEntity } from './publisher.entity.js';
import type { PublisherFile } from './publisher-file.js';
import { WrapperEntity } from './wrapper.entity.js';

@Injectable()
export class PublishersService {
  /**
   * Makes the desk's publisher and its wrappers what the data file says: a wrapper that the file no longer has is gone.
   * A publisher that no data file names any more stays, with its wrappers: articles are its.
   */
  async seed(manager: EntityManager, file: PublisherFile): Promise<SeedOutcome> {
    const { wrappers, ...facts } = file;
    const known = await manager.findOneBy(PublisherEntity, { slug: file.slug });
    const { id, updatedAt: _, ...knownFacts } = known ?? manager.create(PublisherEntity, { ...facts });
    let outcome: SeedOutcome = known === null ? 'added' : 'unchanged';
    if (known !== null && !isDeepStrictEqual({ ...knownFacts }, { ...facts })) outcome = 'changed';
    const publisher = outcome === 'unchanged' ? { id } : await manager.save(PublisherEntity, { ...known, ...facts });

    const before = await manager.findBy(WrapperEntity, { publisherId: publisher.id });
    for (const [language, definition] of Object.entries(wrappers)) {
      const plain = JSON.parse(JSON.stringify(definition)) as WrapperEntity['definition'];
      const wrapper = before.find((w) => w.language === language);
      if (wrapper !== undefined && isDeepStrictEqual(wrapper.definition, plain)) continue;
      await manager.save(WrapperEntity, { ...wrapper, publisherId: publisher.id, language, definition: plain });
      if (outcome === 'unchanged') outcome = 'changed';
    }
    const surplus = before.filter(({ language }) => !(language in wrappers));
    if (surplus.length === 0) return outcome;
    await manager.remove(WrapperEntity, surplus);
    return 'changed';
  }

  /**
   * The publisher with this name in addresses, held until the transaction ends: whoever adds contact points, notices
   * and terms of one publisher at the same time takes turns. Throws when there is none.
   */
  async getBySlugForUpdate(manager: EntityManager, slug: string): Promise<PublisherEntity> {
    return manager.findOneOrFail(PublisherEntity, { where: { slug }, lock: { mode: 'for_no_key_update' } });
  }

  /** A publisher's wrappers, ready to write lines. */
  async listWrappers(manager: EntityManager, publisher: PublisherEntity): Promise<CompiledWrapper[]> {
    const wrappers = await manager.find(WrapperEntity, {
      where: { publisherId: publisher.id },
      order: { language: 'ASC' },
    });
    return wrappers.map(({ language, definition }) => compileWrapper(publisher.slug, publisher, language, definition));
  }
}
