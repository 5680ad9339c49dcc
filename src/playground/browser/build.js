/**
 * Bundles the playground into dist/playground/bundle: a page, its script, style, fonts and workers, all from this
 * server. Nothing happens when the bundle there was made from the same sources and packages.
 */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath, URL } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const HERE = fileURLToPath(new URL('./', import.meta.url));
const EXAMPLES = fileURLToPath(new URL('../examples/', import.meta.url));
const BUNDLE = join(ROOT, 'dist', 'playground', 'bundle');
const ASSETS = 'assets';

const PACKAGES = ['esbuild', 'graphiql', '@graphiql/react', '@graphiql/toolkit', 'graphql', 'react', 'react-dom'];
/** The workers of the very editor that GraphiQL brings along. */
const WORKERS = {
  EDITOR_WORKER: 'monaco-editor/esm/vs/editor/editor.worker.js',
  JSON_WORKER: 'monaco-editor/esm/vs/language/json/json.worker.js',
  GRAPHQL_WORKER: 'monaco-graphql/esm/graphql.worker.js',
};

const stamp = stampOfSources();
const stampFile = join(BUNDLE, 'stamp');
if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) process.exit(0);

const { build } = await import('esbuild');
const { gzipSync } = await import('node:zlib');
// Built beside and moved into place, so that a bundle is whole or absent.
const workplace = `${BUNDLE}.${process.pid}`;
rmSync(workplace, { recursive: true, force: true });

const common = {
  absWorkingDir: ROOT,
  outdir: join(workplace, ASSETS),
  bundle: true,
  minify: true,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  target: ['es2022'],
  define: { 'process.env.NODE_ENV': '"production"' },
};

const graphiqlReact = createRequire(join(ROOT, 'node_modules', '@graphiql', 'react', 'package.json'));
const workers = await build({
  ...common,
  format: 'iife',
  entryNames: '[name]-[hash]',
  entryPoints: Object.fromEntries(Object.entries(WORKERS).map(([name, file]) => [name, graphiqlReact.resolve(file)])),
});
const workerNames = Object.fromEntries(
  Object.keys(WORKERS).map((name) => [`__${name}__`, JSON.stringify(basename(entryOf(workers, WORKERS[name])))]),
);

const page = await build({
  ...common,
  format: 'esm',
  // Languages that nobody opens here stay files of their own.
  splitting: true,
  chunkNames: 'part-[hash]',
  entryNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  entryPoints: [join(HERE, 'playground.tsx')],
  jsx: 'automatic',
  loader: { '.graphql': 'text' },
  define: { ...common.define, ...workerNames },
  plugins: [fontsAsFiles(), oneCopyOfMonacoStyle()],
});

const entry = entryOf(page, 'src/playground/browser/playground.tsx');
const html = readFileSync(join(HERE, 'index.html'), 'utf8')
  .replaceAll('%SCRIPT%', basename(entry))
  .replaceAll('%STYLE%', basename(page.metafile.outputs[entry].cssBundle));
writeFileSync(join(workplace, 'index.html'), html);
for (const name of readdirSync(join(workplace, ASSETS))) {
  const file = join(workplace, ASSETS, name);
  if (/\.(js|css|ttf)$/.test(name)) writeFileSync(`${file}.gz`, gzipSync(readFileSync(file)));
}
writeFileSync(join(workplace, 'stamp'), stamp);
mkdirSync(join(BUNDLE, '..'), { recursive: true });
rmSync(BUNDLE, { recursive: true, force: true });
renameSync(workplace, BUNDLE);

/** A hash of everything that the bundle is made from. */
function stampOfSources() {
  const hash = createHash('sha256');
  for (const folder of [HERE, EXAMPLES]) {
    for (const { name, parentPath } of filesIn(folder)) hash.update(name).update(readFileSync(join(parentPath, name)));
  }
  for (const name of PACKAGES) {
    const file = join(ROOT, 'node_modules', name, 'package.json');
    // An installation without development packages keeps the bundle that it came with.
    if (!existsSync(file) && existsSync(join(BUNDLE, 'stamp'))) return readFileSync(join(BUNDLE, 'stamp'), 'utf8');
    hash.update(JSON.parse(readFileSync(file, 'utf8')).version);
  }
  return hash.digest('hex');
}

/** All files in a folder and in those below, always in one order. */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .sort((a, b) => (join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1));
}

/** The file that an entry point became. */
function entryOf(result, entryPoint) {
  return Object.entries(result.metafile.outputs).find(([, { entryPoint: from }]) => from?.endsWith(entryPoint))[0];
}

/** Takes fonts out of the style sheets that carry them as data, since the page may load fonts from this server only. */
function fontsAsFiles() {
  return {
    name: 'fonts-as-files',
    setup({ onResolve, onLoad }) {
      const fonts = new Map();
      onResolve({ filter: /^data:font\// }, ({ path }) => {
        const [, type, data] = /^data:font\/(\w+)[^,]*,(.*)$/s.exec(path);
        const bytes = Buffer.from(data, 'base64');
        const name = `font.${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}.${type}`;
        fonts.set(name, bytes);
        return { path: name, namespace: 'font' };
      });
      onLoad({ filter: /.*/, namespace: 'font' }, ({ path }) => ({ contents: fonts.get(path), loader: 'file' }));
    },
  };
}

/** GraphiQL's own style sheet holds Monaco's already. */
function oneCopyOfMonacoStyle() {
  return {
    name: 'one-copy-of-monaco-style',
    setup({ onLoad }) {
      onLoad({ filter: /node_modules\/monaco-editor\/.*\.css$/ }, () => ({ contents: '', loader: 'css' }));
    },
  };
}
