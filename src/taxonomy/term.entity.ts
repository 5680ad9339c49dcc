import {
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  OneToMany,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
} from 'typeorm';
import type { LanguageTag } from '../common/language-tag.js';
import { TERM_SCHEMES, type TermScheme } from '../common/vocabulary.js';
import { NameIn, OneOf } from '../database/checks.js';

/** A region or a theme. */
@Entity({ schema: 'desk', name: 'term' })
@Unique(['scheme', 'slug'])
@OneOf('term', 'scheme', TERM_SCHEMES)
@NameIn('term', 'slug')
export class TermEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('text')
  scheme!: TermScheme;

  @Column('text')
  slug!: string;

  /** Whether a list of terms has it; else an import has added it, and what is filed under it is remarked. */
  @Column('boolean')
  isListed!: boolean;

  @OneToMany(() => TermLabelEntity, (label) => label.term)
  labels!: Relation<TermLabelEntity>[];
}

/** A term's label in one language. */
@Entity({ schema: 'desk', name: 'term_label' })
@NameIn('term_label', 'label')
export class TermLabelEntity {
  @PrimaryColumn('uuid')
  termId!: string;

  @ManyToOne(() => TermEntity, (term) => term.labels, { onDelete: 'CASCADE' })
  @JoinColumn()
  term!: Relation<TermEntity>;

  @PrimaryColumn('text')
  language!: LanguageTag;

  @Column('text')
  label!: string;
}

/** A way in which pages write a term, folded (no case, accents or punctuation), to find the term again. */
@Entity({ schema: 'desk', name: 'term_alias' })
@NameIn('term_alias', 'folded')
export class TermAliasEntity {
  @PrimaryColumn('text')
  scheme!: TermScheme;

  @PrimaryColumn('text')
  folded!: string;

  @Column('uuid')
  @Index()
  termId!: string;

  @ManyToOne(() => TermEntity, { onDelete: 'CASCADE' })
  @JoinColumn()
  term!: Relation<TermEntity>;
}
