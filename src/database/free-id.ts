import { randomUUID } from 'node:crypto';
import type { EntityManager, ObjectLiteral } from 'typeorm';

/**
 * The id for a new row: the one that is wanted, or a random one where another row has that: a thing that was named
 * like the new one once, and was renamed since.
 */
export async function freeId(
  manager: EntityManager,
  entity: new () => ObjectLiteral & { readonly id: string },
  wanted: string,
): Promise<string> {
  const taken = await manager
    .createQueryBuilder(entity, 'e')
    .select('e.id')
    .where('e.id = :wanted', { wanted })
    .getExists();
  return taken ? randomUUID() : wanted;
}
