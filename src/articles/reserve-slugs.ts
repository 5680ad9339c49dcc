import { type EntityManager, In, Like } from 'typeorm';
import { SlugEntity } from './translation.entity.js';
import { toSlug } from '../common/slug.js';

/** An article that needs an address of its own. */
export interface Unslugged {
  readonly headline: string;
  readonly publisherSlug: string;
}

/**
 * Finds slugs that no article has, in the articles' order: the headline's; where another article has that one, the
 * publisher's name is added, and then a number.
 */
export async function freeSlugs(manager: EntityManager, articles: readonly Unslugged[]): Promise<string[]> {
  const plain = articles.map(({ headline }) => toSlug(headline));
  const taken = new Set((await manager.findBy(SlugEntity, { slug: In(plain) })).map(({ slug }) => slug));
  const slugs: string[] = [];
  for (const [i, { publisherSlug }] of articles.entries()) {
    let slug = plain[i] ?? '';
    if (taken.has(slug)) {
      const named = `${slug}-${publisherSlug}`;
      for (const { slug: like } of await manager.findBy(SlugEntity, { slug: Like(`${named}%`) })) taken.add(like);
      slug = named;
      for (let place = 2; taken.has(slug); place++) slug = `${named}-${place}`;
    }
    taken.add(slug);
    slugs.push(slug);
  }
  return slugs;
}
