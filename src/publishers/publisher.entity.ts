import { Column, Entity, PrimaryGeneratedColumn, Unique, UpdateDateColumn } from 'typeorm';
import type { LanguageTag } from '../common/language-tag.js';

/** Who carries articles: a publisher with its names and its pages' first language. */
@Entity({ schema: 'desk', name: 'publisher' })
@Unique(['slug'])
export class PublisherEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('text')
  slug!: string;

  @Column('text')
  name!: string;

  @Column('text', { nullable: true })
  legalName!: string | null;

  @Column('text', { nullable: true })
  abbreviation!: string | null;

  @Column('text', { nullable: true })
  url!: string | null;

  @Column('text')
  language!: LanguageTag;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;
}
