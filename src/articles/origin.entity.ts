import { Column, Entity, Index, JoinColumn, ManyToOne, OneToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { LanguageTag } from '../common/language-tag.js';
import type { PartialDate } from '../common/partial-date.js';
import { ORIGIN_RELATIONS, type OriginRelation } from '../common/vocabulary.js';
import { OneOf } from '../database/checks.js';
import { SourceEntity } from '../sources/source.entity.js';
import { ArticleEntity } from './article.entity.js';

/** An article's tie to what its source published. Null is: not known. */
@Entity({ schema: 'desk', name: 'origin' })
@OneOf('origin', 'relation', ORIGIN_RELATIONS)
@Index('origin_url_idx', { synchronize: false })
export class OriginEntity {
  @PrimaryColumn('uuid')
  articleId!: string;

  @OneToOne(() => ArticleEntity, (article) => article.origin, { onDelete: 'CASCADE' })
  @JoinColumn()
  article!: Relation<ArticleEntity>;

  @Column('text')
  relation!: OriginRelation;

  @Column('uuid', { nullable: true })
  @Index()
  sourceId!: string | null;

  @ManyToOne(() => SourceEntity)
  @JoinColumn()
  source!: Relation<SourceEntity> | null;

  @Column('text', { nullable: true })
  url!: string | null;

  @Column('text', { nullable: true })
  title!: string | null;

  @Column('text', { nullable: true })
  language!: LanguageTag | null;

  @Column('text', { nullable: true })
  publishedOn!: PartialDate | null;
}
