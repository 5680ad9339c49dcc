import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  OneToMany,
  OneToOne,
  PrimaryGeneratedColumn,
  type Relation,
  UpdateDateColumn,
  VersionColumn,
} from 'typeorm';
import type { LanguageTag } from '../common/language-tag.js';
import type { PartialDate } from '../common/partial-date.js';
import { ARTICLE_KINDS, type ArticleKind } from '../common/vocabulary.js';
import { OneOf } from '../database/checks.js';
import { PublisherEntity } from '../publishers/publisher.entity.js';
import type {
  ArticleContactPointEntity,
  ArticleLinkEntity,
  ArticleNoticeEntity,
  ArticleReuseTermEntity,
  ArticleTermEntity,
  CopyrightNoticeEntity,
  CreditEntity,
  WrapperLineEntity,
} from './article-parts.entity.js';
import type { FindingEntity } from './finding.entity.js';
import type { OriginEntity } from './origin.entity.js';
import type { TranslationEntity } from './translation.entity.js';

/** The work as this publisher carries it, at the desk. */
@Entity({ schema: 'desk', name: 'article' })
@OneOf('article', 'kind', ARTICLE_KINDS)
@Index('article_updated_idx', ['updatedAt', 'id'])
@Index('article_created_idx', ['createdAt', 'id'])
@Index('article_published_idx', ['publishedOn', 'id'])
export class ArticleEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  @Index()
  publisherId!: string;

  @ManyToOne(() => PublisherEntity)
  @JoinColumn()
  publisher!: Relation<PublisherEntity>;

  @Column('text')
  kind!: ArticleKind;

  @Column('text')
  originalLanguage!: LanguageTag;

  /** The language of the publisher's page around the text. */
  @Column('text')
  pageLanguage!: LanguageTag;

  /** The day on which this publisher carried it. */
  @Column('text')
  publishedOn!: PartialDate;

  @VersionColumn()
  version!: number;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;

  @OneToOne('OriginEntity', 'article')
  origin!: Relation<OriginEntity>;

  @OneToOne('CopyrightNoticeEntity', 'article')
  copyright!: Relation<CopyrightNoticeEntity> | null;

  @OneToMany('TranslationEntity', 'article')
  translations!: Relation<TranslationEntity>[];

  @OneToMany('CreditEntity', 'article')
  credits!: Relation<CreditEntity>[];

  @OneToMany('ArticleTermEntity', 'article')
  terms!: Relation<ArticleTermEntity>[];

  @OneToMany('ArticleLinkEntity', 'article')
  links!: Relation<ArticleLinkEntity>[];

  @OneToMany('ArticleNoticeEntity', 'article')
  notices!: Relation<ArticleNoticeEntity>[];

  @OneToMany('ArticleReuseTermEntity', 'article')
  reuseTerms!: Relation<ArticleReuseTermEntity>[];

  @OneToMany('ArticleContactPointEntity', 'article')
  contactPoints!: Relation<ArticleContactPointEntity>[];

  @OneToMany('WrapperLineEntity', 'article')
  wrapperLines!: Relation<WrapperLineEntity>[];

  @OneToMany('FindingEntity', 'article')
  findings!: Relation<FindingEntity>[];
}
