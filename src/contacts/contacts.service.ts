import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { nameBasedId } from '../common/name-based-id.js';
import { CONTACT_PURPOSES, type ContactPurpose } from '../common/vocabulary.js';
import { freeId } from '../database/free-id.js';
import { requireStorableName } from '../database/name-length.js';
import { ContactPointEntity } from './contact-point.entity.js';

/** An address that a publisher's page names, and what for. */
export interface StatedContact {
  readonly publisherId: string;
  readonly email: string;
  readonly purposes: readonly ContactPurpose[];
}

@Injectable()
export class ContactsService {
  /** The contact points of these addresses, for at least these purposes, in their order. Throws NameTooLongError. */
  async findOrAddAll(manager: EntityManager, stated: readonly StatedContact[]): Promise<ContactPointEntity[]> {
    if (stated.length === 0) return [];
    const known = await manager.findBy(ContactPointEntity, {
      publisherId: In([...new Set(stated.map(({ publisherId }) => publisherId))]),
      email: In([...new Set(stated.map(({ email }) => email))]),
    });
    const found: ContactPointEntity[] = [];
    for (const { publisherId, email, purposes } of stated) {
      const one = known.find((point) => point.publisherId === publisherId && point.email === email);
      if (one !== undefined && purposes.every((purpose) => one.purposes.includes(purpose))) {
        found.push(one);
        continue;
      }
      const added = await this.findOrAdd(manager, publisherId, email, purposes);
      if (one !== undefined) Object.assign(one, added);
      else known.push(added);
      found.push(added);
    }
    return found;
  }

  /**
   * The publisher's contact point of this address, for at least these purposes. Two at once come to one contact point
   * that has the purposes of both. Throws NameTooLongError.
   */
  async findOrAdd(
    manager: EntityManager,
    publisherId: string,
    email: string,
    purposes: readonly ContactPurpose[],
  ): Promise<ContactPointEntity> {
    const id = await freeId(manager, ContactPointEntity, nameBasedId('contact point', publisherId, email));
    await manager
      .createQueryBuilder()
      .insert()
      .into(ContactPointEntity)
      .values({ id, publisherId, email: requireStorableName(email), purposes: inOrder(purposes) })
      .orIgnore()
      .execute();
    const known = await manager.findOneByOrFail(ContactPointEntity, { publisherId, email });
    if (purposes.every((purpose) => known.purposes.includes(purpose))) return known;
    await manager.query(ADD_PURPOSES, [known.id, CONTACT_PURPOSES, purposes]);
    return manager.findOneByOrFail(ContactPointEntity, { id: known.id });
  }
}

/** One statement, so that what another transaction adds meanwhile is kept. */
const ADD_PURPOSES = `
update desk.contact_point set purposes = array(
  select purpose from unnest($2::text[]) with ordinality as listed(purpose, place)
  where purpose = any (purposes || $3::text[]) order by place)
where id = $1`;

function inOrder(purposes: readonly ContactPurpose[]): ContactPurpose[] {
  return CONTACT_PURPOSES.filter((purpose) => purposes.includes(purpose));
}
