import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import type { RequestContext } from '../common/language-preference.js';
import { Tombstone } from './tombstone.type.js';
import { TombstonesQueries } from './tombstones.queries.js';

@Resolver()
export class TombstoneResolver {
  constructor(private readonly tombstones: TombstonesQueries) {}

  @Query(() => Tombstone, {
    nullable: true,
    description:
      'Why there is no article of this name in addresses any more; null where none was withdrawn that had it. Ask it ' +
      'beside `article`, and answer with `410 Gone` where this is what you get.',
  })
  async withdrawn(
    @Args('slug', {
      type: () => String,
      description: 'The article’s name in addresses, in any language, now or formerly.',
    })
    slug: string,
    @Context() { shown, asker }: RequestContext,
  ): Promise<Tombstone | null> {
    const found = await this.tombstones.findBySlug(slug, asker);
    return found === null ? null : new Tombstone(found, shown);
  }
}
