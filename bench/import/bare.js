/**
 * What an import can not do without: reads the files of a folder, parses their Markdown as the product does, and copies
 * raw rows into a table. No article comes of it, no check, no search. `node bare.js FOLDER`, into DATABASE_URL.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

const TABLE = `
create table bare (sha256 text, file_name text, bytes bytea, text text, blocks integer, headings integer, lists integer)`;

const ESCAPES = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function field(value) {
  return String(value).replaceAll(/[\\\n\r\t]/g, (character) => ESCAPES[character]);
}

async function* rows(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const path of paths.sort()) {
    const bytes = await readFile(path);
    const text = bytes.toString('utf8');
    const { children } = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
    const count = (type) => children.filter((node) => node.type === type).length;
    const row = [
      createHash('sha256').update(bytes).digest('hex'),
      basename(path),
      `\\x${bytes.toString('hex')}`,
      text,
      children.length,
      count('heading'),
      count('list'),
    ];
    yield Buffer.from(`${row.map(field).join('\t')}\n`);
  }
}

const client = new Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
await client.query(`drop table if exists bare; ${TABLE}`);
await pipeline(Readable.from(rows(process.argv[2])), client.query(copyFrom('copy bare from stdin')));
await client.end();
