import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  OneToMany,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
  UpdateDateColumn,
} from 'typeorm';
import type { LanguageTag } from '../common/language-tag.js';
import { TRANSLATION_METHODS, type TranslationMethod } from '../common/vocabulary.js';
import { OneOf } from '../database/checks.js';
import { ArticleEntity } from './article.entity.js';

/** An article's text in one language; the original's own row too. */
@Entity({ schema: 'desk', name: 'translation' })
@Unique(['articleId', 'language'])
@OneOf('translation', 'method', TRANSLATION_METHODS)
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

  @Column('text')
  slug!: string;

  /** How it was translated; null for the original. */
  @Column('text', { nullable: true })
  method!: TranslationMethod | null;

  /** The revision of the original that it was made from; null for the original. */
  @Column('uuid', { nullable: true })
  @Index()
  sourceRevisionId!: string | null;

  @ManyToOne(() => RevisionEntity)
  @JoinColumn()
  sourceRevision!: Relation<RevisionEntity> | null;

  @OneToMany(() => RevisionEntity, (revision) => revision.translation)
  revisions!: Relation<RevisionEntity>[];

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;
}

/** An immutable state of one translation's text. */
@Entity({ schema: 'desk', name: 'revision' })
@Unique(['translationId', 'number'])
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
