import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AppModule } from './app.module.js';
import { loadConfig } from './config.js';
import { printSortedSchema, schemaOf } from './server/schema-printer.js';

const FILE = fileURLToPath(new URL('../src/schema.graphql', import.meta.url));

// Nothing connects: the address only fills its place.
const module = AppModule.register({ config: loadConfig({}), connectionString: 'postgres://localhost/nowhere' });
writeFileSync(FILE, printSortedSchema(await schemaOf(module)));
