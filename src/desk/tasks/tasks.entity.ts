import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  OneToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import { AccountEntity } from '../../accounts/account.entity.js';
import { ArticleEntity } from '../../articles/article.entity.js';
import { TranslationEntity } from '../../articles/translation.entity.js';
import type { LanguageTag } from '../../common/language-tag.js';

/** Whose task one language of an article is, whether there is a text in it yet or not. None where it is nobody's. */
@Entity({ schema: 'desk', name: 'translation_assignment' })
@Index('translation_assignment_assignee_idx', ['assigneeId', 'assignedAt', 'articleId', 'language'])
@Index('translation_assignment_assigned_idx', ['assignedAt', 'articleId', 'language'])
export class TranslationAssignmentEntity {
  @PrimaryColumn('uuid')
  articleId!: string;

  @ManyToOne(() => ArticleEntity, { onDelete: 'CASCADE' })
  @JoinColumn()
  article!: Relation<ArticleEntity>;

  @PrimaryColumn('text')
  language!: LanguageTag;

  @Column('uuid')
  assigneeId!: string;

  @ManyToOne(() => AccountEntity)
  @JoinColumn()
  assignee!: Relation<AccountEntity>;

  /** Who gave it; the assignee, who claimed it. */
  @Column('uuid')
  assignedById!: string;

  @ManyToOne(() => AccountEntity)
  @JoinColumn()
  assignedBy!: Relation<AccountEntity>;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  assignedAt!: Date;
}

/** Who has a text before their eyes to write it, and until when that is to be believed. It warns, and keeps nobody out. */
@Entity({ schema: 'desk', name: 'text_lock' })
export class TextLockEntity {
  @PrimaryColumn('uuid')
  translationId!: string;

  @OneToOne(() => TranslationEntity, { onDelete: 'CASCADE' })
  @JoinColumn()
  translation!: Relation<TranslationEntity>;

  @Column('uuid')
  @Index()
  holderId!: string;

  @ManyToOne(() => AccountEntity)
  @JoinColumn()
  holder!: Relation<AccountEntity>;

  /** By Postgres’ clock. A lock that has ended is none. */
  @Column('timestamptz')
  endsAt!: Date;
}

/** What somebody tells the others of an article, of one language of it, or of a passage. */
@Entity({ schema: 'desk', name: 'note' })
@Check('note_body_check', 'length(body) between 1 and 2000')
@Check('note_is_of_a_passage', '(block_id is null) = (quote is null) and (block_id is null or language is not null)')
@Check('note_is_resolved', '(resolved_by_id is null) = (resolved_at is null)')
@Index('note_article_idx', ['articleId', 'writtenAt', 'id'])
@Index('note_written_idx', ['writtenAt', 'id'])
export class NoteEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  articleId!: string;

  @ManyToOne(() => ArticleEntity, { onDelete: 'CASCADE' })
  @JoinColumn()
  article!: Relation<ArticleEntity>;

  /** Null where it is of the article as a whole. */
  @Column('text', { nullable: true })
  language!: LanguageTag | null;

  /** The block that it is of; null where it is of no passage. The block may be gone since. */
  @Column('text', { nullable: true })
  blockId!: string | null;

  /** How the passage began when the note was written: what it was about stays known. */
  @Column('text', { nullable: true })
  quote!: string | null;

  @Column('text')
  body!: string;

  @Column('uuid')
  writtenById!: string;

  @ManyToOne(() => AccountEntity)
  @JoinColumn()
  writtenBy!: Relation<AccountEntity>;

  @CreateDateColumn({ type: 'timestamptz', precision: 3 })
  writtenAt!: Date;

  /** When its author last worded it anew; null where it reads as it was written. */
  @Column('timestamptz', { nullable: true })
  editedAt!: Date | null;

  @Column('uuid', { nullable: true })
  resolvedById!: string | null;

  @ManyToOne(() => AccountEntity)
  @JoinColumn()
  resolvedBy!: Relation<AccountEntity> | null;

  @Column('timestamptz', { nullable: true })
  resolvedAt!: Date | null;
}
