import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { AppModule } from '../../src/app.module.js';
import { loadConfig } from '../../src/config.js';
import { printSortedSchema, schemaOf } from '../../src/server/schema-printer.js';

const FILE = new URL('../../src/schema.graphql', import.meta.url);

it('src/schema.graphql says what the code says; `npm run schema` prints it anew', async () => {
  const module = AppModule.register({ config: loadConfig({}), connectionString: 'postgres://localhost/nowhere' });
  expect(readFileSync(FILE, 'utf8')).toBe(printSortedSchema(await schemaOf(module)));
});
