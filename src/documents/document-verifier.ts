import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { type Charset, decodeText } from '../reading/charset.js';
import { DocumentEntity, DocumentPartEntity, DocumentReadingEntity } from './document.entity.js';
import { isKeptWhole } from '../reading/parts/layout-parts.js';
import { writeDocument } from '../reading/parts/write-document.js';

/** Whether a document can be written back from its fields, and if not, where the first difference is. */
export interface Verification {
  readonly sha256: string;
  readonly fileName: string;
  readonly parts: number;
  /** Parts that are kept as they stand, since no rule of the wrapper knows them. */
  readonly unclaimed: number;
  /** Parts that a rule knows and that are kept as they stand all the same, since writing their fields gives another text. */
  readonly kept: number;
  /** Unicode code points of the document's text, and those that belong to exactly one part. */
  readonly characters: number;
  readonly accounted: number;
  readonly isIdentical: boolean;
  readonly difference: { readonly line: number; readonly expected: string; readonly written: string } | null;
}

/** Writes stored documents back from the structured data alone, and compares. */
@Injectable()
export class DocumentVerifier {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The ids of all documents, or of those whose SHA-256 begins like this, in the order in which they came. */
  async *list(sha256?: string): AsyncGenerator<string> {
    const documents = this.dataSource.getRepository(DocumentEntity);
    for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
      const query = documents.createQueryBuilder('d').select('d.id').where('d.id > :after', { after });
      if (sha256 !== undefined) query.andWhere('starts_with(d.sha256, :sha256)', { sha256 });
      const page = await query.orderBy('d.id').limit(500).getMany();
      yield* page.map((document) => document.id);
      const last = page.at(-1);
      if (last === undefined) return;
      after = last.id;
    }
  }

  async verify(documentId: string): Promise<Verification> {
    const { manager } = this.dataSource;
    const document = await manager
      .createQueryBuilder(DocumentEntity, 'd')
      .addSelect('d.bytes')
      .where({ id: documentId })
      .getOneOrFail();
    const reading = await manager.findOneByOrFail(DocumentReadingEntity, { documentId });
    const parts = await manager.find(DocumentPartEntity, { where: { documentId }, order: { position: 'ASC' } });
    const written = writeDocument({
      form: document.form,
      layouts: parts.map((part) => part.layout),
      article: reading.article,
      wrapper: reading.wrapper,
    });
    const text = decodeText(document.bytes, document.form.charset).replace(/^\uFEFF/, '');
    return {
      sha256: document.sha256,
      fileName: document.fileName,
      parts: parts.length,
      unclaimed: parts.filter((part) => part.role === 'UNCLAIMED').length,
      kept: parts.filter(isKeptWhole).length,
      characters: Array.from(text).length,
      accounted: accountedFor(parts),
      isIdentical: written.equals(document.bytes),
      difference: written.equals(document.bytes)
        ? null
        : firstDifference(document.bytes, written, document.form.charset),
    };
  }
}

/** Characters from the beginning up to the first that no part, or a second one, has. */
function accountedFor(parts: readonly DocumentPartEntity[]): number {
  let end = 0;
  for (const part of parts) {
    if (part.startOffset !== end) return end;
    end = part.endOffset;
  }
  return end;
}

function firstDifference(
  expected: Buffer,
  written: Buffer,
  charset: Charset | undefined,
): NonNullable<Verification['difference']> {
  const lines = decodeText(expected, charset).split('\n');
  const others = decodeText(written, charset).split('\n');
  const at = lines.findIndex((line, i) => line !== others[i]);
  const index = at === -1 ? lines.length : at;
  return { line: index + 1, expected: lines[index] ?? '', written: others[index] ?? '' };
}
