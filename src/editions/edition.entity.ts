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
import type { PartialDate } from '../common/partial-date.js';
import { ARTICLE_KINDS, type ArticleKind } from '../common/vocabulary.js';
import { OneOf } from '../database/checks.js';
import type { PublisherFacts } from '../publishers/publisher.type.js';
import type { SourceFacts } from '../sources/source.type.js';
import type { TermFacts } from '../taxonomy/term.type.js';
import type { EditionContent, EditionEvidence, ServedContent } from './edition-content.js';

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
@Index('current_article_origin_first_idx', { synchronize: false })
@Index('current_article_origin_last_idx', { synchronize: false })
@Index(['originOn', 'place'])
@Unique(['place'])
@OneOf('current_article', 'kind', ARTICLE_KINDS)
export class CurrentArticleEntity implements ServedContent {
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

  /** The first day that the publication's date can mean. */
  @Column('date')
  publishedOn!: string;

  /** The first day that the origin's date can mean; null where there is none. */
  @Column('date', { nullable: true })
  originOn!: string | null;

  /** Where it stands among all that is published: `placeOf`. */
  @Column('uuid')
  place!: string;

  /** What is true of it, as filters ask: `factOf`. */
  @Column('bigint', { array: true })
  facts!: string[];

  @Column('text', { array: true })
  languages!: LanguageTag[];

  @Column('text')
  originalLanguage!: LanguageTag;

  /** The text for readers who ask for no language: the publisher's, by lookup; null where that is not published. */
  @Column('text', { nullable: true })
  publisherLanguage!: LanguageTag | null;

  @Column('text')
  kind!: ArticleKind;

  /** The publication's date as exactly as it is known, like `2016-03`. */
  @Column('text')
  publishedDate!: PartialDate;

  @Column('text')
  pageLanguage!: LanguageTag;

  /** The language of the publisher's own pages, whether it is published in it or not. */
  @Column('text')
  publisherTag!: LanguageTag;

  @Column('json')
  texts!: ServedContent['texts'];

  @Column('json')
  deks!: ServedContent['deks'];

  @Column('json')
  publisher!: ServedContent['publisher'];

  @Column('json')
  origin!: ServedContent['origin'];

  @Column('json')
  credits!: ServedContent['credits'];

  @Column('json')
  terms!: ServedContent['terms'];

  @Column('json')
  rights!: ServedContent['rights'];

  @Column('json')
  notices!: ServedContent['notices'];

  @Column('json')
  contactPoints!: ServedContent['contactPoints'];

  @Column('json')
  links!: ServedContent['links'];

  @Column('json')
  wrappers!: ServedContent['wrappers'];

  @Column('json')
  corrections!: ServedContent['corrections'];
}

/** That an article was withdrawn, and why, as readers are told who come for it. */
@Entity({ schema: 'edition', name: 'tombstone' })
export class TombstoneEntity {
  @PrimaryColumn('uuid')
  articleId!: string;

  @Column('text')
  reason!: string;

  /** Of the reason. */
  @Column('text')
  language!: LanguageTag;

  @CreateDateColumn({ type: 'timestamptz' })
  withdrawnAt!: Date;
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

  /** The fact that articles have which show it: with none, it is no reader's. */
  @Column('bigint', { unique: true })
  fact!: string;

  @Column('jsonb')
  content!: PublisherFacts | SourceFacts | TermFacts;
}

/** That a fact is true of the article at a place: the articles of each fact stand in the order of their publication. */
@Entity({ schema: 'edition', name: 'article_fact' })
export class ArticleFactEntity {
  @PrimaryColumn('bigint')
  fact!: string;

  @PrimaryColumn('uuid')
  place!: string;
}

/** The headlines of the article at a place, for lists that are sorted by them. */
@Entity({ schema: 'edition', name: 'article_headline' })
@Index(['languageSet', 'language', 'headline', 'place'])
export class ArticleHeadlineEntity {
  @PrimaryColumn('uuid')
  place!: string;

  @PrimaryColumn('text')
  language!: LanguageTag;

  @Column('bigint')
  languageSet!: string;

  @Column({ type: 'text', collation: 'und-x-icu' })
  headline!: string;
}

/** Languages in which articles are published together: there are few such sets, however many articles. */
@Entity({ schema: 'edition', name: 'language_set' })
export class LanguageSetEntity {
  @PrimaryColumn('bigint')
  fact!: string;

  /** First the language that stands in where none is published that a reader wants. */
  @Column('text', { array: true })
  languages!: readonly LanguageTag[];

  /** The one of them that the publisher's language is served by; null where none does. */
  @Column('text', { nullable: true })
  publisherLanguage!: LanguageTag | null;
}

/** What the rules of articles say of every use: there are few such sets, however many articles. */
@Entity({ schema: 'edition', name: 'reuse_set' })
export class ReuseSetEntity {
  @PrimaryColumn('bigint')
  fact!: string;

  /** One for each action and medium, like `REPRODUCE/WEB/PERMIT`. */
  @Column('text', { array: true })
  decisions!: readonly string[];
}

export type ReferenceKind = 'PUBLISHER' | 'SOURCE' | 'REGION' | 'THEME' | 'REPORT';
