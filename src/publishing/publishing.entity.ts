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
} from 'typeorm';
import { ArticleEntity } from '../articles/article.entity.js';
import type { Actor } from '../common/actor.js';
import type { LanguageTag } from '../common/language-tag.js';

/** A note to readers that something was put right in a text. It is never changed. */
@Entity({ schema: 'desk', name: 'correction' })
export class CorrectionEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  @Index()
  articleId!: string;

  @ManyToOne(() => ArticleEntity, { onDelete: 'CASCADE' })
  @JoinColumn()
  article!: Relation<ArticleEntity>;

  /** Of the text whose readers are told, and of the note. */
  @Column('text')
  language!: LanguageTag;

  @Column('text')
  note!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  correctedAt!: Date;
}

/** That a person has taken a text from readers: no import gives it back to them. */
@Entity({ schema: 'desk', name: 'unpublished_text' })
export class UnpublishedTextEntity {
  @PrimaryColumn('uuid')
  articleId!: string;

  @ManyToOne(() => ArticleEntity, { onDelete: 'CASCADE' })
  @JoinColumn()
  article!: Relation<ArticleEntity>;

  @PrimaryColumn('text')
  language!: LanguageTag;

  @CreateDateColumn({ type: 'timestamptz' })
  unpublishedAt!: Date;
}

/** A publication that is to come. It is gone when it was done. */
@Entity({ schema: 'desk', name: 'publication_schedule' })
@Index(['dueAt', 'articleId'])
export class PublicationScheduleEntity {
  @PrimaryColumn('uuid')
  articleId!: string;

  @ManyToOne(() => ArticleEntity, { onDelete: 'CASCADE' })
  @JoinColumn()
  article!: Relation<ArticleEntity>;

  @PrimaryColumn('text')
  language!: LanguageTag;

  /** The revision that was looked at: another one is not published in its place. */
  @Column('integer')
  revisionNumber!: number;

  /** As clocks in the zone were to show it, like `2026-12-24T08:00:00`. */
  @Column('text')
  localTime!: string;

  /** Like `Europe/Paris`. */
  @Column('text')
  timeZone!: string;

  @Column('timestamptz')
  dueAt!: Date;

  /** Counts its changes: who changes it says which one was read. */
  @Column('integer')
  version!: number;

  @Column('jsonb')
  scheduledBy!: Actor;

  /** When it was due and could not be done; then why: a problem's code. */
  @Column('timestamptz', { nullable: true })
  failedAt!: Date | null;

  @Column('text', { nullable: true })
  problem!: string | null;
}

/** That a finding blocks nothing, and why: for as long as it is about the same. */
@Entity({ schema: 'desk', name: 'finding_waiver' })
export class FindingWaiverEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  @Index()
  articleId!: string;

  @ManyToOne(() => ArticleEntity, { onDelete: 'CASCADE' })
  @JoinColumn()
  article!: Relation<ArticleEntity>;

  @Column('text')
  code!: string;

  @Column('text', { nullable: true })
  language!: LanguageTag | null;

  @Column('text')
  path!: string;

  /** What it was about when it was waived: `causeOf`. */
  @Column('text')
  cause!: string;

  @Column('text')
  reason!: string;

  /** The name as it was then. */
  @Column('text')
  waivedBy!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  waivedAt!: Date;
}
