import { Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { CONTACT_PURPOSES, type ContactPurpose } from '../common/vocabulary.js';
import { EachOf } from '../database/checks.js';

/** An address of a publisher, and what it is for. */
@Entity({ schema: 'desk', name: 'contact_point' })
@Unique(['publisherId', 'email'])
@EachOf('contact_point', 'purposes', CONTACT_PURPOSES)
export class ContactPointEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  publisherId!: string;

  @Column('text')
  email!: string;

  /** In the order of CONTACT_PURPOSES. */
  @Column('text', { array: true })
  purposes!: ContactPurpose[];
}
