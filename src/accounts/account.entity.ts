import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  ManyToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
  JoinColumn,
} from 'typeorm';
import { OneOf } from '../database/checks.js';
import type { LanguageTag } from '../common/language-tag.js';
import { type Role, ROLES } from './permissions.js';

/** Somebody who may work at the desk. Accounts are disabled, never deleted: the audit trail names them. */
@Entity({ schema: 'account', name: 'account' })
@Unique(['email'])
@Check('account_email_check', 'length(email) between 3 and 254')
@Check('account_name_check', 'length(name) between 1 and 200')
export class AccountEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  /** Folded, so that each address has one account. */
  @Column('text')
  email!: string;

  @Column('text')
  name!: string;

  /** Argon2id, in PHC's form; null for who signs in with a provider alone, or has yet to choose one. */
  @Column('text', { nullable: true, select: false })
  passwordHash!: string | null;

  @Column('timestamptz', { nullable: true })
  disabledAt!: Date | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;
}

/** A role of an account. */
@Entity({ schema: 'account', name: 'role' })
@OneOf('role', 'role', ROLES)
@Check('role_has_languages', "(role = 'TRANSLATOR') = (cardinality(languages) > 0)")
export class RoleEntity {
  @PrimaryColumn('uuid')
  accountId!: string;

  @ManyToOne(() => AccountEntity)
  @JoinColumn()
  account!: Relation<AccountEntity>;

  @PrimaryColumn('text')
  @Index()
  role!: Role;

  /** Of a translator; empty for all others. */
  @Column('text', { array: true, default: [] })
  languages!: LanguageTag[];
}
