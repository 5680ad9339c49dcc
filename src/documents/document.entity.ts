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
  Unique,
} from 'typeorm';
import type { Finding } from '../articles/finding.js';
import type { LanguageTag } from '../common/language-tag.js';
import { OneOf } from '../database/checks.js';
import type { PartLayout, TextForm } from '../reading/parts/part-layout.js';
import { PART_ROLES, type PartRole, type ReadArticle, type ReadWrapper } from '../reading/reading.js';

/** A file as it came. Its bytes never change. */
@Entity({ schema: 'desk', name: 'document' })
@Unique(['sha256'])
export class DocumentEntity {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  /** Hexadecimal, of the bytes. */
  @Column('text')
  sha256!: string;

  @Column('bytea', { select: false })
  bytes!: Buffer;

  @Column('integer')
  sizeBytes!: number;

  /** The name that the file had, without its folder. */
  @Column('text')
  fileName!: string;

  @Column('text')
  format!: string;

  /** Byte order mark, line ends and normal form. */
  @Column('jsonb')
  form!: TextForm;

  @CreateDateColumn({ type: 'timestamptz' })
  receivedAt!: Date;
}

/** A run of a document with one role and one language. Offsets count Unicode code points, ends are exclusive. */
@Entity({ schema: 'desk', name: 'document_part' })
@OneOf('document_part', 'role', PART_ROLES)
export class DocumentPartEntity {
  @PrimaryColumn('uuid')
  documentId!: string;

  @ManyToOne(() => DocumentEntity, { onDelete: 'CASCADE' })
  @JoinColumn()
  document!: Relation<DocumentEntity>;

  @PrimaryColumn('integer')
  position!: number;

  @Column('text')
  role!: PartRole;

  /** Null where the part has no language: a rule between two parts. */
  @Column('text', { nullable: true })
  language!: LanguageTag | null;

  @Column('integer')
  startOffset!: number;

  @Column('integer')
  endOffset!: number;

  /** Counted from 1. */
  @Column('integer')
  firstLine!: number;

  @Column('integer')
  lastLine!: number;

  /** How the part is written from the fields of the document's reading. */
  @Column('jsonb')
  layout!: PartLayout;
}

/** What a document was read as: the fields, from which it is written back, and the wrapper that it was read with. */
@Index('document_reading_url_idx', { synchronize: false })
@Entity({ schema: 'desk', name: 'document_reading' })
export class DocumentReadingEntity {
  @PrimaryColumn('uuid')
  documentId!: string;

  @ManyToOne(() => DocumentEntity, { onDelete: 'CASCADE' })
  @JoinColumn()
  document!: Relation<DocumentEntity>;

  @Column('jsonb')
  article!: ReadArticle;

  @Column('jsonb')
  wrapper!: ReadWrapper;

  /** The reader and the wrappers that it was read with; null where an export has brought the reading. */
  @Column('text', { nullable: true })
  readWith!: string | null;

  /** What was remarkable when it was read. */
  @Column('jsonb')
  findings!: readonly Finding[];
}
