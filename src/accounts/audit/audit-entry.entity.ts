import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ACTOR_KINDS, type ActorKind } from '../../common/actor.js';
import type { LanguageTag } from '../../common/language-tag.js';
import { OneOf } from '../../database/checks.js';

/** What an audit entry says of a state: plain values, and never a secret. */
export type AuditedState = Readonly<Record<string, unknown>>;

/** Something that was done at the desk, by whom, and from where. The database refuses to change or remove it. */
@Entity({ schema: 'audit', name: 'entry' })
@OneOf('entry', 'actor_kind', ACTOR_KINDS)
@Index(['objectType', 'objectId', 'id'])
@Index(['accountId', 'id'])
@Index(['operation', 'id'])
export class AuditEntryEntity {
  /** Counted up; a number that is missing is of a transaction that was rolled back. */
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column('timestamptz', { default: () => 'clock_timestamp()' })
  at!: Date;

  @Column('text')
  actorKind!: ActorKind;

  /** As it was then. */
  @Column('text')
  actorName!: string;

  @Column('uuid', { nullable: true })
  accountId!: string | null;

  @Column('uuid', { nullable: true })
  sessionId!: string | null;

  @Column('uuid', { nullable: true })
  tokenId!: string | null;

  @Column('text', { nullable: true })
  requestId!: string | null;

  @Column('text', { nullable: true })
  address!: string | null;

  /** What was done, in the words of the permission table: `article.publish`. */
  @Column('text')
  operation!: string;

  @Column('text')
  objectType!: string;

  @Column('text', { nullable: true })
  objectId!: string | null;

  @Column('text', { nullable: true })
  language!: LanguageTag | null;

  @Column('jsonb', { nullable: true })
  before!: AuditedState | null;

  @Column('jsonb', { nullable: true })
  after!: AuditedState | null;

  /** In the words of whoever did it. */
  @Column('text', { nullable: true })
  reason!: string | null;
}
