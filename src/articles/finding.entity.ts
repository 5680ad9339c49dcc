import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { LanguageTag } from '../common/language-tag.js';
import { SEVERITIES, type Severity } from '../common/vocabulary.js';
import { OneOf } from '../database/checks.js';
import { ArticleEntity } from './article.entity.js';
import { FINDING_SEVERITIES, type FindingCode, type FindingConflict } from './finding.js';

/** A stored finding of an article. */
@Entity({ schema: 'desk', name: 'finding' })
@OneOf('finding', 'code', Object.keys(FINDING_SEVERITIES))
@OneOf('finding', 'severity', SEVERITIES)
export class FindingEntity {
  @PrimaryColumn('uuid')
  articleId!: string;

  @ManyToOne(() => ArticleEntity, (article) => article.findings, { onDelete: 'CASCADE' })
  @JoinColumn()
  article!: Relation<ArticleEntity>;

  @PrimaryColumn('integer')
  position!: number;

  @Column('text')
  code!: FindingCode;

  @Column('text')
  severity!: Severity;

  /** The language whose publishing it concerns; null where it concerns all of them. */
  @Column('text', { nullable: true })
  language!: LanguageTag | null;

  /** The field that it is about: `origin.url`, `links[3].url`. */
  @Column('text')
  path!: string;

  /** The line of the document that it is about, counted from 1; null where it is about something missing. */
  @Column('integer', { nullable: true })
  line!: number | null;

  @Column('text')
  message!: string;

  /** What the last import brought, what the document says now and what the desk has; null where nothing conflicts. */
  @Column('jsonb', { nullable: true })
  conflict!: FindingConflict | null;
}
