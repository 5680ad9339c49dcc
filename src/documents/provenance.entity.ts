import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { ArticleEntity } from '../articles/article.entity.js';
import { DocumentEntity } from './document.entity.js';

/** The document that an article came from. */
@Entity({ schema: 'desk', name: 'article_document' })
export class ArticleDocumentEntity {
  @PrimaryColumn('uuid')
  documentId!: string;

  @ManyToOne(() => DocumentEntity)
  @JoinColumn()
  document!: Relation<DocumentEntity>;

  @Column('uuid')
  @Index()
  articleId!: string;

  @ManyToOne(() => ArticleEntity, { onDelete: 'CASCADE' })
  @JoinColumn()
  article!: Relation<ArticleEntity>;
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
