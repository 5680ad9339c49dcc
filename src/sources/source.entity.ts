import { Column, Entity, Index, PrimaryGeneratedColumn, Unique, UpdateDateColumn } from 'typeorm';
import { NameIn } from '../database/checks.js';

/** Who published an article first. */
@Entity({ schema: 'desk', name: 'source' })
@Index('source_name_idx', { synchronize: false })
@Unique(['slug'])
@Unique(['name'])
@NameIn('source', 'slug')
@NameIn('source', 'name')
export class SourceEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('text')
  slug!: string;

  /** As pages write it: `South Front`. */
  @Column('text')
  name!: string;

  @Column('text', { nullable: true })
  url!: string | null;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt!: Date;
}
