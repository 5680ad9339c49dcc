import { Column, Entity, ForeignKey, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { CONTACT_PURPOSES, type ContactPurpose } from '../common/vocabulary.js';
import { EachOf, NameIn } from '../database/checks.js';

/** An address of a publisher, and what it is for. */
@Entity({ schema: 'desk', name: 'contact_point' })
@Unique(['publisherId', 'email'])
@NameIn('contact_point', 'email')
@EachOf('contact_point', 'purposes', CONTACT_PURPOSES)
export class ContactPointEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  /** Named, not imported: the rooms of reference data do not know each other. */
  @Column('uuid')
  @ForeignKey('PublisherEntity')
  publisherId!: string;

  @Column('text')
  email!: string;

  /** In the order of CONTACT_PURPOSES. */
  @Column('text', { array: true })
  purposes!: ContactPurpose[];
}
