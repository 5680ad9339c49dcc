import { Column, Entity, Index, JoinColumn, ManyToOne, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import {
  CONTACT_PURPOSES,
  type ContactPurpose,
  CREDIT_ROLES,
  type CreditRole,
  LINK_KINDS,
  type LinkKind,
  TERM_SCHEMES,
  type TermScheme,
} from '../common/vocabulary.js';
import { ContactPointEntity } from '../contacts/contact-point.entity.js';
import { EachOf, OneOf } from '../database/checks.js';
import { LINE_ROLES, type LineRole } from '../publishers/line-roles.js';
import { NoticeEntity } from '../rights/notice.entity.js';
import { ReuseTermEntity } from '../rights/reuse-term.entity.js';
import { AgentEntity } from '../sources/agent.entity.js';
import { TermEntity } from '../taxonomy/term.entity.js';
import { ArticleEntity } from './article.entity.js';

/** An agent in a role, in the order in which the page names them. */
@Entity({ schema: 'desk', name: 'credit' })
@OneOf('credit', 'role', CREDIT_ROLES)
export class CreditEntity {
  @PrimaryColumn('uuid')
  articleId!: string;

  @ManyToOne(() => ArticleEntity, (article) => article.credits, { onDelete: 'CASCADE' })
  @JoinColumn()
  article!: Relation<ArticleEntity>;

  @PrimaryColumn('integer')
  position!: number;

  @Column('text')
  role!: CreditRole;

  @Column('uuid')
  @Index()
  agentId!: string;

  @ManyToOne(() => AgentEntity)
  @JoinColumn()
  agent!: Relation<AgentEntity>;
}

/** A region or theme of an article, with the label that the page gave it. */
@Entity({ schema: 'desk', name: 'article_term' })
@OneOf('article_term', 'scheme', TERM_SCHEMES)
export class ArticleTermEntity {
  @PrimaryColumn('uuid')
  articleId!: string;

  @ManyToOne(() => ArticleEntity, (article) => article.terms, { onDelete: 'CASCADE' })
  @JoinColumn()
  article!: Relation<ArticleEntity>;

  @PrimaryColumn('text')
  scheme!: TermScheme;

  @PrimaryColumn('integer')
  position!: number;

  @Column('uuid')
  @Index()
  termId!: string;

  @ManyToOne(() => TermEntity)
  @JoinColumn()
  term!: Relation<TermEntity>;

  @Column('text')
  rawLabel!: string;
}

/** A link of the page's furniture: donation, social media, partners. */
@Entity({ schema: 'desk', name: 'article_link' })
@OneOf('article_link', 'kind', LINK_KINDS)
export class ArticleLinkEntity {
  @PrimaryColumn('uuid')
  articleId!: string;

  @ManyToOne(() => ArticleEntity, (article) => article.links, { onDelete: 'CASCADE' })
  @JoinColumn()
  article!: Relation<ArticleEntity>;

  @PrimaryColumn('integer')
  position!: number;

  @Column('text')
  kind!: LinkKind;

  @Column('text')
  url!: string;
}

/** The copyright notice as it stands on the page, and its author, source and year. */
@Entity({ schema: 'desk', name: 'copyright_notice' })
export class CopyrightNoticeEntity {
  @PrimaryColumn('uuid')
  articleId!: string;

  @OneToOne(() => ArticleEntity, (article) => article.copyright, { onDelete: 'CASCADE' })
  @JoinColumn()
  article!: Relation<ArticleEntity>;

  @Column('text')
  raw!: string;

  @Column('text', { nullable: true })
  author!: string | null;

  @Column('text', { nullable: true })
  source!: string | null;

  @Column('integer', { nullable: true })
  year!: number | null;
}

/** A notice that stands on the article's page. */
@Entity({ schema: 'desk', name: 'article_notice' })
export class ArticleNoticeEntity {
  @PrimaryColumn('uuid')
  articleId!: string;

  @ManyToOne(() => ArticleEntity, (article) => article.notices, { onDelete: 'CASCADE' })
  @JoinColumn()
  article!: Relation<ArticleEntity>;

  @PrimaryColumn('integer')
  position!: number;

  @Column('uuid')
  @Index()
  noticeId!: string;

  @ManyToOne(() => NoticeEntity)
  @JoinColumn()
  notice!: Relation<NoticeEntity>;
}

/** A reuse term that stands on the article's page. */
@Entity({ schema: 'desk', name: 'article_reuse_term' })
export class ArticleReuseTermEntity {
  @PrimaryColumn('uuid')
  articleId!: string;

  @ManyToOne(() => ArticleEntity, (article) => article.reuseTerms, { onDelete: 'CASCADE' })
  @JoinColumn()
  article!: Relation<ArticleEntity>;

  @PrimaryColumn('integer')
  position!: number;

  @Column('uuid')
  @Index()
  reuseTermId!: string;

  @ManyToOne(() => ReuseTermEntity)
  @JoinColumn()
  reuseTerm!: Relation<ReuseTermEntity>;
}

/** A contact point that stands on the article's page. */
@Entity({ schema: 'desk', name: 'article_contact_point' })
@EachOf('article_contact_point', 'purposes', CONTACT_PURPOSES)
export class ArticleContactPointEntity {
  @PrimaryColumn('uuid')
  articleId!: string;

  @ManyToOne(() => ArticleEntity, (article) => article.contactPoints, { onDelete: 'CASCADE' })
  @JoinColumn()
  article!: Relation<ArticleEntity>;

  @PrimaryColumn('integer')
  position!: number;

  @Column('uuid')
  @Index()
  contactPointId!: string;

  @ManyToOne(() => ContactPointEntity)
  @JoinColumn()
  contactPoint!: Relation<ContactPointEntity>;

  /** What this page says that the address is for; other pages may say more. */
  @Column('text', { array: true })
  purposes!: ContactPurpose[];
}

/** A wrapper line that the article's page has, and which of the wrapper's patterns it is written in. */
@Entity({ schema: 'desk', name: 'wrapper_line' })
@OneOf('wrapper_line', 'role', LINE_ROLES)
export class WrapperLineEntity {
  @PrimaryColumn('uuid')
  articleId!: string;

  @ManyToOne(() => ArticleEntity, (article) => article.wrapperLines, { onDelete: 'CASCADE' })
  @JoinColumn()
  article!: Relation<ArticleEntity>;

  @PrimaryColumn('text')
  role!: LineRole;

  /** In the page's language: `Thème: {themes}`. */
  @Column('text')
  pattern!: string;
}
