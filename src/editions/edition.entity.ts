import {
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
import type { LanguageTag } from '../common/language-tag.js';
import { ARTICLE_KINDS, type ArticleKind, ORIGIN_RELATIONS, type OriginRelation } from '../common/vocabulary.js';
import { OneOf } from '../database/checks.js';
import type { PublisherFacts } from '../publishers/publisher.type.js';
import type { SourceFacts } from '../sources/source.type.js';
import type { TermFacts } from '../taxonomy/term.type.js';
import type { EditionCard, EditionContent, EditionEvidence, EditionLegal, EditionPage } from './edition-content.js';

/** What was published: an immutable, numbered snapshot of the whole article. */
@Entity({ schema: 'edition', name: 'edition' })
@Unique(['articleId', 'number'])
export class EditionEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  articleId!: string;

  /** Counted from 1 for each article. */
  @Column('integer')
  number!: number;

  @Column('text')
  reason!: string;

  @Column('jsonb')
  content!: EditionContent;

  @Column('jsonb')
  evidence!: readonly EditionEvidence[];

  @CreateDateColumn({ type: 'timestamptz' })
  issuedAt!: Date;
}

/** The body of an edition in one language, apart from the rest, so that lists stay small. */
@Entity({ schema: 'edition', name: 'edition_text' })
export class EditionTextEntity {
  @PrimaryColumn('uuid')
  editionId!: string;

  @ManyToOne(() => EditionEntity)
  @JoinColumn()
  edition!: Relation<EditionEntity>;

  @PrimaryColumn('text')
  language!: LanguageTag;

  /** Markdown. */
  @Column('text')
  body!: string;

  /** The body as HTML and as plain text, written when it was issued: nothing is parsed for a reader. */
  @Column('text')
  html!: string;

  @Column('text')
  plain!: string;
}

/** The edition that readers get of an article, with the columns that lists filter and sort by. */
@Entity({ schema: 'edition', name: 'current_article' })
@Index(['publishedOn', 'articleId'])
@Index(['publisherId', 'publishedOn', 'articleId'])
@Index(['sourceId', 'publishedOn', 'articleId'])
@OneOf('current_article', 'kind', ARTICLE_KINDS)
@OneOf('current_article', 'relation', ORIGIN_RELATIONS)
export class CurrentArticleEntity {
  @PrimaryColumn('uuid')
  articleId!: string;

  @Column('uuid')
  editionId!: string;

  @ManyToOne(() => EditionEntity)
  @JoinColumn()
  edition!: Relation<EditionEntity>;

  @Column('integer')
  number!: number;

  /** The edition's own: both are written in one transaction. */
  @CreateDateColumn({ type: 'timestamptz' })
  issuedAt!: Date;

  @Column('text')
  kind!: ArticleKind;

  @Column('text')
  relation!: OriginRelation;

  @Column('uuid')
  publisherId!: string;

  @Column('uuid', { nullable: true })
  sourceId!: string | null;

  /** The first day that the publication's date can mean. */
  @Column('date')
  publishedOn!: string;

  @Column('text', { array: true })
  languages!: LanguageTag[];

  @Column('text')
  originalLanguage!: LanguageTag;

  /** The text for readers who ask for no language: the publisher's, by lookup; null where that is not published. */
  @Column('text', { nullable: true })
  publisherLanguage!: LanguageTag | null;

  /** The edition's content in three parts, kept as the text that was written: nothing is taken apart for a reader. */
  @Column('json')
  card!: EditionCard;

  @Column('json')
  legal!: EditionLegal;

  @Column('json')
  page!: EditionPage;
}

/** A slug under which readers find an article, now or formerly. */
@Entity({ schema: 'edition', name: 'article_slug' })
export class ArticleSlugEntity {
  @PrimaryColumn('text')
  slug!: string;

  @Column('uuid')
  @Index()
  articleId!: string;
}

/** Something that current editions show: a publisher, a source, a term. */
@Entity({ schema: 'edition', name: 'reference' })
@Unique(['kind', 'slug'])
@OneOf('reference', 'kind', ['PUBLISHER', 'SOURCE', 'REGION', 'THEME', 'REPORT'])
export class ReferenceEntity {
  @PrimaryColumn('text')
  kind!: ReferenceKind;

  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  slug!: string;

  @Column('text')
  name!: string;

  @Column('jsonb')
  content!: PublisherFacts | SourceFacts | TermFacts;
}

/** That an article's current edition shows a reference: with no such row, the reference is no reader's. */
@Entity({ schema: 'edition', name: 'article_reference' })
@Index(['kind', 'referenceId', 'articleId'])
export class ArticleReferenceEntity {
  @PrimaryColumn('uuid')
  articleId!: string;

  @PrimaryColumn('text')
  kind!: ReferenceKind;

  @PrimaryColumn('uuid')
  referenceId!: string;
}

export type ReferenceKind = 'PUBLISHER' | 'SOURCE' | 'REGION' | 'THEME' | 'REPORT';
