import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation, Unique } from 'typeorm';
import type { LanguageTag } from '../common/language-tag.js';
import {
  DUTIES,
  type Duty,
  MEDIA,
  type Medium,
  REUSE_ACTIONS,
  REUSE_EFFECTS,
  type ReuseAction,
  type ReuseEffect,
} from '../common/vocabulary.js';
import { ContactPointEntity } from '../contacts/contact-point.entity.js';
import { EachOf, OneOf } from '../database/checks.js';
import { PublisherEntity } from '../publishers/publisher.entity.js';

/** One rule of a licence, in one wording of whoever states it. A new wording is a new version. */
@Entity({ schema: 'desk', name: 'reuse_term' })
@Unique(['statedById', 'clauseKey', 'language', 'version'])
@OneOf('reuse_term', 'effect', REUSE_EFFECTS)
@EachOf('reuse_term', 'actions', REUSE_ACTIONS)
@EachOf('reuse_term', 'media', MEDIA)
@EachOf('reuse_term', 'duties', DUTIES)
export class ReuseTermEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  statedById!: string;

  @ManyToOne(() => PublisherEntity)
  @JoinColumn()
  statedBy!: Relation<PublisherEntity>;

  @Column('text')
  clauseKey!: string;

  @Column('text')
  language!: LanguageTag;

  @Column('integer')
  version!: number;

  @Column('text')
  text!: string;

  @Column('text')
  effect!: ReuseEffect;

  @Column('text', { array: true })
  actions!: ReuseAction[];

  @Column('text', { array: true })
  media!: Medium[];

  @Column('text', { array: true })
  duties!: Duty[];

  @Column('text', { nullable: true })
  audienceLabel!: string | null;

  @Column('uuid', { nullable: true })
  @Index()
  contactPointId!: string | null;

  @ManyToOne(() => ContactPointEntity)
  @JoinColumn()
  contactPoint!: Relation<ContactPointEntity> | null;
}
