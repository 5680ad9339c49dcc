import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { databaseError } from '../../database/database-errors.js';
import { countRecords, readRecords } from './export-reader.js';
import {
  EXPORT_VERSION,
  type ExportEnd,
  type ExportHeader,
  RECORD_TYPES,
  type RecordCounts,
} from './export-records.js';

/** A page may take longer than a request; whoever takes the lines may take their time. */
const LIMITS = `set local statement_timeout = '10min'; set local idle_in_transaction_session_timeout = 0`;

/** Writes all that a database holds as lines of JSON, for `seed` to read. */
@Injectable()
export class ExportWriter {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * The lines, each with its end, one state of the database whatever is written meanwhile. `onCounted` hears how many
   * lines of each type there will be. Throws DatabaseUnavailableError.
   */
  async *write(onCounted: (counts: RecordCounts) => void = () => undefined): AsyncGenerator<string> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.startTransaction('REPEATABLE READ');
      await runner.query(`set transaction read only; ${LIMITS}`);
      onCounted(await countRecords(runner.manager));
      const counts = Object.fromEntries(RECORD_TYPES.map((type) => [type, 0])) as Record<keyof RecordCounts, number>;
      yield lineOf({ colophon: 'export', version: EXPORT_VERSION } satisfies ExportHeader);
      for await (const { type, ...record } of readRecords(runner.manager)) {
        counts[type]++;
        yield lineOf({ type, ...record });
      }
      yield lineOf({ type: 'end', counts } satisfies ExportEnd);
    } catch (error) {
      throw databaseError(error);
    } finally {
      await runner.rollbackTransaction().catch(() => undefined);
      await runner.release();
    }
  }
}

function lineOf(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
