import { Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation, Unique } from 'typeorm';
import type { LanguageTag } from '../common/language-tag.js';
import { PublisherEntity } from './publisher.entity.js';
import type { WrapperDefinition } from './wrapper-definition.js';

/** A publisher's page around an article, in one language, as its data file defines it. */
@Entity({ schema: 'desk', name: 'wrapper' })
@Unique(['publisherId', 'language'])
export class WrapperEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  publisherId!: string;

  @ManyToOne(() => PublisherEntity, { onDelete: 'CASCADE' })
  @JoinColumn()
  publisher!: Relation<PublisherEntity>;

  @Column('text')
  language!: LanguageTag;

  @Column('jsonb')
  definition!: WrapperDefinition;
}
