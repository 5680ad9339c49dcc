import { Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation, Unique } from 'typeorm';
import type { LanguageTag } from '../common/language-tag.js';
import { NOTICE_KINDS, type NoticeKind } from '../common/vocabulary.js';
import { OneOf } from '../database/checks.js';
import { PublisherEntity } from '../publishers/publisher.entity.js';

/** A legal text in one wording of whoever states it. A new wording is a new version. */
@Entity({ schema: 'desk', name: 'notice' })
@Unique(['statedById', 'clauseKey', 'language', 'version'])
@OneOf('notice', 'kind', NOTICE_KINDS)
export class NoticeEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  statedById!: string;

  @ManyToOne(() => PublisherEntity)
  @JoinColumn()
  statedBy!: Relation<PublisherEntity>;

  @Column('text')
  clauseKey!: string;

  @Column('text')
  language!: LanguageTag;

  @Column('integer')
  version!: number;

  @Column('text')
  kind!: NoticeKind;

  @Column('text')
  text!: string;
}
