import type { Command } from 'commander';

import { loadConfig } from '../config.js';
import { DatabaseConnection } from '../database/database-connection.js';

import { addCommand, type CommonOptions, type House, printResult } from './command-line.js';
import { withDatabase } from './with-database.js';

/** `migrate`: brings the database to the schema of this version. */
export function migrateCommand(program: Command, house: House): void {
  addCommand(program, 'migrate', 'bring the database to the schema of this version').action(
    async (options: CommonOptions) => {
      const applied = await withDatabase(house, loadConfig(), (app) =>
        Promise.resolve(app.get(DatabaseConnection).appliedMigrations ?? []),
      );
      const text = applied.length === 0 ? 'Nothing to do.' : applied.map((name) => `Applied ${name}.`).join('\n');
      printResult(options, { applied, pending: [] }, text);
    },
  );
}
