import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Reference data that editions show has changed, and not all of them have been issued anew yet. */
@Entity({ schema: 'desk', name: 'pending_reissue' })
export class PendingReissueEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  /** For people; the editions carry it. */
  @Column('text')
  reason!: string;

  @CreateDateColumn({ type: 'timestamptz' })
  requestedAt!: Date;
}
