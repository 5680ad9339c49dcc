import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  type Relation,
  Unique,
} from 'typeorm';
import { OneOf } from '../database/checks.js';
import { DocumentEntity } from '../documents/document.entity.js';
import type { ArticleBefore } from '../documents/restore-article.js';

/** What a run did with its documents, by outcome. */
export type RunCounts = Readonly<Record<string, number>>;

/** An import that has brought something: one call of `seed`. */
@Entity({ schema: 'desk', name: 'import_run' })
@Unique(['number'])
export class ImportRunEntity {
  @PrimaryColumn('uuid')
  id!: string;

  /** Counted from 1: runs that brought nothing are no runs. */
  @Column('integer')
  number!: number;

  /** The files and folders that were named. */
  @Column('text', { array: true })
  inputs!: string[];

  @Column('jsonb')
  counts!: RunCounts;

  @CreateDateColumn({ type: 'timestamptz' })
  startedAt!: Date;

  /** Null while it runs, and where it was cut off. */
  @Column('timestamptz', { nullable: true })
  finishedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  undoneAt!: Date | null;
}

/** An article that a run has added or changed, with what taking it back needs. */
@Entity({ schema: 'desk', name: 'import_item' })
@OneOf('import_item', 'outcome', ['ADDED', 'CHANGED'])
export class ImportItemEntity {
  @PrimaryColumn('uuid')
  runId!: string;

  @ManyToOne(() => ImportRunEntity, { onDelete: 'CASCADE' })
  @JoinColumn()
  run!: Relation<ImportRunEntity>;

  @PrimaryColumn('integer')
  position!: number;

  @Column('text')
  path!: string;

  @Column('text')
  outcome!: 'ADDED' | 'CHANGED';

  /** Null where an export has brought an article that no document had. */
  @Column('uuid', { nullable: true })
  @Index()
  documentId!: string | null;

  @ManyToOne(() => DocumentEntity)
  @JoinColumn()
  document!: Relation<DocumentEntity> | null;

  /** Stays when the article is gone. */
  @Column('uuid')
  @Index()
  articleId!: string;

  /** The edition that readers had before; null where they had none. */
  @Column('integer', { nullable: true })
  editionBefore!: number | null;

  /** The edition that the run has issued; null where it issued none. */
  @Column('integer', { nullable: true })
  editionNumber!: number | null;

  /** Of the article's fields as the run has left them: other ones were built upon it. */
  @Column('text')
  fieldsHash!: string;

  /** What a changed article was before; null for an added one. */
  @Column('jsonb', { nullable: true, select: false })
  before!: ArticleBefore | null;
}
