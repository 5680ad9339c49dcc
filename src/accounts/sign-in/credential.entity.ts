import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
} from 'typeorm';
import { EachOf, OneOf } from '../../database/checks.js';
import { AccountEntity } from '../account.entity.js';
import { type Scope, SCOPES } from '../permissions.js';

/** Why a session is over before its time. */
export const END_REASONS = [
  'SIGNED_OUT',
  'REVOKED',
  'REPLAYED',
  'PASSWORD_CHANGED',
  'PASSWORD_RESET',
  'DISABLED',
] as const;
export type EndReason = (typeof END_REASONS)[number];

/** Somebody signed in at one place. Its secret changes whenever it is refreshed; the session stays. */
@Entity({ schema: 'account', name: 'session' })
@OneOf('session', 'end_reason', END_REASONS)
export class SessionEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  @Index()
  accountId!: string;

  @ManyToOne(() => AccountEntity)
  @JoinColumn()
  account!: Relation<AccountEntity>;

  @Column('text', { nullable: true })
  address!: string | null;

  @Column('text', { nullable: true })
  userAgent!: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  /** To the minute. */
  @Column('timestamptz', { default: () => 'now()' })
  lastUsedAt!: Date;

  /** When it is over, however much it is used. */
  @Column('timestamptz')
  @Index()
  expiresAt!: Date;

  @Column('timestamptz', { nullable: true })
  endedAt!: Date | null;

  @Column('text', { nullable: true })
  endReason!: EndReason | null;
}

/** A secret of a session: the one that is good, or one that was replaced, by which a replay is known. */
@Entity({ schema: 'account', name: 'session_secret' })
export class SessionSecretEntity {
  @PrimaryColumn('bytea')
  hash!: Buffer;

  @Column('uuid')
  @Index()
  sessionId!: string;

  @ManyToOne(() => SessionEntity, { onDelete: 'CASCADE' })
  @JoinColumn()
  session!: Relation<SessionEntity>;

  @Column('timestamptz', { nullable: true })
  replacedAt!: Date | null;
}

/** A personal API token. */
@Entity({ schema: 'account', name: 'api_token' })
@Unique(['hash'])
@Check('api_token_name_check', 'length(name) between 1 and 200')
@EachOf('api_token', 'scopes', SCOPES)
export class ApiTokenEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  @Index()
  accountId!: string;

  @ManyToOne(() => AccountEntity)
  @JoinColumn()
  account!: Relation<AccountEntity>;

  @Column('text')
  name!: string;

  @Column('bytea', { select: false })
  hash!: Buffer;

  @Column('text', { array: true })
  scopes!: Scope[];

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  @Column('timestamptz')
  expiresAt!: Date;

  /** To the minute. */
  @Column('timestamptz', { nullable: true })
  lastUsedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  revokedAt!: Date | null;
}
