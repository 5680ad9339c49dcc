import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONTACT_PURPOSES, type ContactPurpose } from '../common/vocabulary.js';
import { ContactPointEntity } from './contact-point.entity.js';

@Injectable()
export class ContactsService {
  /** The publisher's contact point of this address, for at least these purposes. */
  async findOrAdd(
    manager: EntityManager,
    publisherId: string,
    email: string,
    purposes: readonly ContactPurpose[],
  ): Promise<ContactPointEntity> {
    const known = await manager.findOneBy(ContactPointEntity, { publisherId, email });
    const all = CONTACT_PURPOSES.filter((p) => purposes.includes(p) || known?.purposes.includes(p));
    if (known?.purposes.length === all.length) return known;
    return manager.save(ContactPointEntity, { ...known, publisherId, email, purposes: all });
  }
}
