/**
 * Writes types for the operations in src/operations, from the schema that Colophon publishes, to src/gql or to the
 * folder named. The same schema and operations make the same files.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import { preset } from '@graphql-codegen/client-preset';
import { parse } from 'graphql';

const SCHEMA = new URL('../../src/schema.graphql', import.meta.url);
const OPERATIONS = new URL('src/operations/', import.meta.url);
const folder = process.argv[2] ?? fileURLToPath(new URL('src/gql', import.meta.url));

/** In the place of the generator's own first line: the settings of the linter leave the folder out as a whole. */
const NOTE = '// Written by generate.js from the operations and the published schema. Change those, not this.';

const CONFIG = {
  // What comes of a scalar is JSON.
  scalars: { DateTime: 'string', LanguageTag: 'string', PartialDate: 'string', Url: 'string' },
  enumsAsTypes: true,
  useTypeImports: true,
  emitLegacyCommonJSImports: false,
};

const names = (await readdir(OPERATIONS)).sort();
const documents = await Promise.all(
  names.map(async (location) => {
    const rawSDL = await readFile(new URL(location, OPERATIONS), 'utf8');
    return { location, rawSDL, document: parse(rawSDL) };
  }),
);
const files = await preset.buildGeneratesSection({
  baseOutputDir: 'gql/',
  schema: parse(await readFile(SCHEMA, 'utf8')),
  documents,
  config: CONFIG,
  presetConfig: { fragmentMasking: false },
  plugins: [],
  pluginMap: {},
});
for (const file of files) {
  // The generator opens each file with a word to the linter, which never looks here (eslint.config.js). Who reads it needs ours.
  const text = (await codegen(file)).replace('/* eslint-disable */', NOTE);
  await writeFile(join(folder, basename(file.filename)), text);
}
