import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm';
import { ArticleEntity } from '../articles/article.entity.js';
import { DocumentEntity } from './document.entity.js';

/** A document that has brought an article, or a later state of it. */
@Entity({ schema: 'desk', name: 'article_document' })
@Unique(['articleId', 'number'])
export class ArticleDocumentEntity {
  @PrimaryColumn('uuid')
  documentId!: string;

  @ManyToOne(() => DocumentEntity)
  @JoinColumn()
  document!: Relation<DocumentEntity>;

  @Column('uuid')
  articleId!: string;

  @ManyToOne(() => ArticleEntity, { onDelete: 'CASCADE' })
  @JoinColumn()
  article!: Relation<ArticleEntity>;

  /** Counted from 1 for each article: the newest is the one that the next import is compared with. */
  @Column('integer')
  number!: number;
}

/** Which characters of which document gave a field of an article. Offsets count Unicode code points. */
@Entity({ schema: 'desk', name: 'evidence' })
export class EvidenceEntity {
  @PrimaryColumn('uuid')
  articleId!: string;

  @ManyToOne(() => ArticleEntity, { onDelete: 'CASCADE' })
  @JoinColumn()
  article!: Relation<ArticleEntity>;

  @PrimaryColumn('integer')
  position!: number;

  @Column('uuid')
  @Index()
  documentId!: string;

  @ManyToOne(() => DocumentEntity)
  @JoinColumn()
  document!: Relation<DocumentEntity>;

  @Column('text')
  path!: string;

  @Column('integer')
  startOffset!: number;

  @Column('integer')
  endOffset!: number;

  @Column('text')
  exact!: string;

  @Column('text')
  prefix!: string;

  @Column('text')
  suffix!: string;
}
