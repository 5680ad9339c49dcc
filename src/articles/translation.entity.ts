import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  OneToMany,
  OneToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
  UpdateDateColumn,
} from 'typeorm';
import type { LanguageTag } from '../common/language-tag.js';
import {
  TRANSLATION_METHODS,
  TRANSLATION_STATES,
  type TranslationMethod,
  type TranslationState,
} from '../common/vocabulary.js';
import { OneOf } from '../database/checks.js';
import { AgentEntity } from '../sources/agent.entity.js';
import { ArticleEntity } from './article.entity.js';

/** An article's text in one language; the original's own row too. */
@Entity({ schema: 'desk', name: 'translation' })
@Unique(['articleId', 'language'])
@OneOf('translation', 'method', TRANSLATION_METHODS)
@OneOf('translation', 'state', TRANSLATION_STATES)
@Index(['language', 'state'])
@Index('translation_updated_idx', ['updatedAt', 'id'])
export class TranslationEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  articleId!: string;

  @ManyToOne(() => ArticleEntity, (article) => article.translations, { onDelete: 'CASCADE' })
  @JoinColumn()
  article!: Relation<ArticleEntity>;

  @Column('text')
  language!: LanguageTag;

  @Column('boolean')
  isOriginal!: boolean;

  /** Null until its first revision: nobody has written the headline yet. */
  @Column('text', { nullable: true })
  slug!: string | null;

  /** How it was translated; null for the original. */
  @Column('text', { nullable: true })
  method!: TranslationMethod | null;

  /** The machine that translated it; null where none did. */
  @Column('text', { nullable: true })
  tool!: string | null;

  /** Who is credited with the translation; null where the article's credits say it, or nobody is. */
  @Column('uuid', { nullable: true })
  @Index()
  translatorId!: string | null;

  @ManyToOne(() => AgentEntity)
  @JoinColumn()
  translator!: Relation<AgentEntity> | null;

  /** How far its newest text has come: what is in hand, or else the newest revision. */
  @Column('text', { default: 'DRAFT' })
  state!: TranslationState;

  /**
   * The revision of the original, or of another translation, that it was made from or was last brought up to date with
   * as a whole; null for the original.
   */
  @Column('uuid', { nullable: true })
  @Index()
  sourceRevisionId!: string | null;

  @ManyToOne(() => RevisionEntity)
  @JoinColumn()
  sourceRevision!: Relation<RevisionEntity> | null;

  /** The passages of the source that it was brought up to date with one by one since, and the revisions with which. */
  @Column('jsonb', { default: {} })
  settled!: Readonly<Record<string, string>>;

  /** Which block of the source each of its blocks is one of: ids by ids. */
  @Column('jsonb', { default: {} })
  blockPairs!: Readonly<Record<string, string>>;

  /** Counts the states of its text: who writes says which one was read. */
  @Column('integer', { default: 1 })
  textVersion!: number;

  @OneToMany(() => RevisionEntity, (revision) => revision.translation)
  revisions!: Relation<RevisionEntity>[];

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;
}

/** An immutable state of one translation's text. */
@Entity({ schema: 'desk', name: 'revision' })
@Unique(['translationId', 'number'])
@Index('revision_headline_idx', { synchronize: false })
export class RevisionEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  translationId!: string;

  @ManyToOne(() => TranslationEntity, (translation) => translation.revisions, { onDelete: 'CASCADE' })
  @JoinColumn()
  translation!: Relation<TranslationEntity>;

  /** Counted from 1 for each translation. */
  @Column('integer')
  number!: number;

  @Column('text')
  headline!: string;

  @Column('text', { nullable: true })
  dek!: string | null;

  /** Markdown. */
  @Column('text')
  body!: string;

  /** The ids and lengths of the body's blocks, in order; null where they are numbered, since an import brought it first. */
  @Column('jsonb', { nullable: true })
  blocks!: readonly { readonly id: string; readonly length: number }[] | null;

  /** What of its source this very text was made from, as `TranslationEntity` has it for the newest. It goes with its article. */
  @Column('uuid', { nullable: true })
  sourceRevisionId!: string | null;

  @Column('jsonb', { default: {} })
  settled!: Readonly<Record<string, string>>;

  /** The state of the text that it keeps. */
  @Column('integer', { default: 1 })
  textVersion!: number;

  /** Who made it; null where an import did. */
  @Column('uuid', { nullable: true })
  madeById!: string | null;

  /** The name as it was then. */
  @Column('text', { nullable: true })
  madeBy!: string | null;

  /** Why it was made, for people. */
  @Column('text')
  reason!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;
}

/** A slug, and the one article that it leads to for good. */
@Entity({ schema: 'desk', name: 'slug' })
export class SlugEntity {
  @PrimaryColumn('text')
  slug!: string;

  @Column('uuid')
  @Index()
  articleId!: string;

  @ManyToOne(() => ArticleEntity, { onDelete: 'CASCADE' })
  @JoinColumn()
  article!: Relation<ArticleEntity>;
}

/** What a person has in hand: a text that is kept as it is typed, and is no revision yet. None where nothing is. */
@Entity({ schema: 'desk', name: 'working_text' })
export class WorkingTextEntity {
  @PrimaryColumn('uuid')
  translationId!: string;

  @OneToOne(() => TranslationEntity, { onDelete: 'CASCADE' })
  @JoinColumn()
  translation!: Relation<TranslationEntity>;

  /** Empty while nobody has written one. */
  @Column('text')
  headline!: string;

  @Column('text', { nullable: true })
  dek!: string | null;

  /** Markdown. */
  @Column('text')
  body!: string;

  /** The slug that the next revision is to have; null where the translation's stays, or the headline gives the first. */
  @Column('text', { nullable: true })
  slug!: string | null;

  @Column('jsonb')
  blocks!: readonly { readonly id: string; readonly length: number }[];

  /** The account of who changed it last; null where it was none. */
  @Column('uuid', { nullable: true })
  changedById!: string | null;

  @Column('text')
  changedBy!: string;

  @Column('timestamptz', { default: () => 'now()' })
  changedAt!: Date;
}
