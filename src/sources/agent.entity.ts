import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { AGENT_KINDS, type AgentKind } from '../common/vocabulary.js';
import { NameIn, OneOf } from '../database/checks.js';

/** A person or an organisation that is credited. */
@Entity({ schema: 'desk', name: 'agent' })
@Unique(['name'])
@Index('agent_name_idx', { synchronize: false })
@NameIn('agent', 'name')
@OneOf('agent', 'kind', AGENT_KINDS)
export class AgentEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  /** Null while nobody has said whether the name is a person's or an organisation's. */
  @Column('text', { nullable: true })
  kind!: AgentKind | null;
}
