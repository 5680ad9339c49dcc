/** Bundles the front end into dist, or into the folder named: a page and its script. */
import { cp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const folder = process.argv[2] ?? `${HERE}dist`;

await build({
  entryPoints: [`${HERE}src/front-end.ts`],
  outdir: folder,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  logLevel: 'warning',
  define: { 'globalThis.__DEV__': 'false' },
});
await cp(`${HERE}index.html`, `${folder}/index.html`);
