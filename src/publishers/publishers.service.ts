import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { type EntityManager, In } from 'typeorm';
import type { LanguageTag } from '../common/language-tag.js';
import { nameBasedId } from '../common/name-based-id.js';
import type { SeedOutcome } from '../common/seed-outcome.js';
import { freeId } from '../database/free-id.js';
import { type CompiledWrapper, compileWrapper } from './compiled-wrapper.js';
import type { PublisherNames } from './line-pattern.js';
import { PublisherEntity } from './publisher.entity.js';
import type { PublisherFile } from './publisher-file.js';
import { WrapperEntity } from './wrapper.entity.js';

/** A publisher as a page names it. */
export interface StatedPublisher {
  readonly slug: string;
  readonly names: PublisherNames;
  /** Of the page. */
  readonly language: LanguageTag;
}

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
    const newId = known === null ? { id: await idOf(manager, file.slug) } : {};
    const publisher =
      outcome === 'unchanged' ? { id } : await manager.save(PublisherEntity, { ...known, ...newId, ...facts });

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
   * The publishers of these slugs, by slug. One that no data file has is added with the names that its pages give it:
   * its articles wait for a person.
   */
  async findOrAddAll(
    manager: EntityManager,
    stated: readonly StatedPublisher[],
  ): Promise<Map<string, PublisherEntity>> {
    const bySlug = new Map(stated.map((one) => [one.slug, one]));
    const where = { slug: In([...bySlug.keys()]) };
    const known = await manager.findBy(PublisherEntity, where);
    const missing = [...bySlug.values()].filter(({ slug }) => !known.some((publisher) => publisher.slug === slug));
    const values: Partial<PublisherEntity>[] = [];
    for (const { slug, names, language } of missing) {
      values.push({ id: await idOf(manager, slug), slug, ...names, url: null, language });
    }
    if (values.length > 0) {
      await manager.createQueryBuilder().insert().into(PublisherEntity).values(values).orIgnore().execute();
    }
    const all = values.length === 0 ? known : await manager.findBy(PublisherEntity, where);
    return new Map(all.map((publisher) => [publisher.slug, publisher]));
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

/** The id that a new publisher gets. */
function idOf(manager: EntityManager, slug: string): Promise<string> {
  return freeId(manager, PublisherEntity, nameBasedId('publisher', slug));
}
