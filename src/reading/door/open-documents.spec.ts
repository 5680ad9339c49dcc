import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, open, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { formatPath } from '../../../test/fixtures/formats.js';
import { DocumentRefused } from '../document-refused.js';
import type { Incoming, JsonLine } from './incoming-document.js';
import { openArchive } from './open-archive.js';
import { type DoorOptions, openDocuments } from './open-documents.js';
import type { Refusal } from '../reading.js';
import { sniffFormat } from './sniff-format.js';

let folder: string;
const at = (path: string): string => join(folder, path);
const put = async (path: string, content: string | Buffer): Promise<string> => {
  await mkdir(join(at(path), '..'), { recursive: true });
  await writeFile(at(path), content);
  return at(path);
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'colophon-door-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function come(inputs: readonly string[], options: Partial<DoorOptions> = {}): Promise<Incoming[]> {
  const incoming: Incoming[] = [];
  for await (const one of openDocuments(inputs, { limitBytes: 4096, ...options })) incoming.push(one);
  return incoming;
}
/** Each thing that came in, as its path in the folder and what it is. */
const told = (incoming: readonly Incoming[]): string[] =>
  incoming.map((one) => {
    const path = 'document' in one ? one.document.path : one.path;
    const what = 'document' in one ? one.document.format : 'refusal' in one ? one.refusal.code : 'records';
    return `${path.startsWith(folder) ? relative(folder, path) : path} ${what}`;
  });

describe('inputs', () => {
  beforeAll(async () => {
    await put('in/b.txt', '# b');
    await put('in/a/c.html', '<!doctype html><p>c');
    await put('in/.hidden/d.txt', '# d');
    await put('in/.e.txt', '# e');
    await put('out/secret.txt', '# f');
    await symlink('b.txt', at('in/inside.txt'));
    await symlink('../out/secret.txt', at('in/leaves.txt'));
    await symlink('../out', at('in/leaves'));
    await symlink('.', at('in/a/loop'));
    await symlink('nowhere', at('in/broken'));
  });

  it('a folder: all that is below it and not hidden, in order, links only within it', async () => {
    expect(told(await come([at('in')]))).toEqual([
      'in/a/c.html HTML',
      'in/b.txt MARKDOWN',
      'in/broken DOCUMENT_UNREADABLE',
      'in/leaves PATH_LEAVES_FOLDER',
      'in/leaves.txt PATH_LEAVES_FOLDER',
    ]);
  });

  it.each([
    ['in/*.txt', ['in/b.txt MARKDOWN', 'in/leaves.txt PATH_LEAVES_FOLDER']],
    ['in/**/*.html', ['in/a/c.html HTML']],
    ['{in,out}/*.{txt,md}', ['in/b.txt MARKDOWN', 'in/leaves.txt MARKDOWN']],
    ['in/*.pdf', ['in/*.pdf DOCUMENT_UNREADABLE']],
    ['in/none.txt', ['in/none.txt DOCUMENT_UNREADABLE']],
    ['in/leaves.txt', ['in/leaves.txt MARKDOWN']],
  ])('%s', async (pattern, expected) => {
    expect(told(await come([at(pattern)])).sort()).toEqual([...expected].sort());
  });

  it('several: each file once', async () => {
    expect(told(await come([at('in/b.txt'), at('in/*.txt'), at('in/inside.txt'), at('out')]))).toEqual([
      'in/b.txt MARKDOWN',
      'in/leaves.txt PATH_LEAVES_FOLDER',
      'out/secret.txt MARKDOWN',
    ]);
  });

  it('standard input', async () => {
    async function* input(): AsyncGenerator<Buffer> {
      yield Buffer.from('<!doct');
      yield await Promise.resolve(Buffer.from('ype html><p>x'));
    }
    const [one] = await come(['-'], { standardInput: input() });
    expect(one).toMatchObject({ document: { path: '-', fileName: 'standard-input', format: 'HTML' } });
  });
});

describe('the format is told from the content', () => {
  const NAMESPACE = 'xmlns:wp="http://wordpress.org/export/1.2/"';
  it.each([
    ['## Titre\n\nPar Anne', 'MARKDOWN'],
    ['<div>Texte</div>', 'MARKDOWN'],
    ['', 'MARKDOWN'],
    ['  <!DOCTYPE html>', 'HTML'],
    ['\uFEFF<html lang=fr>', 'HTML'],
    ['<!-- saved from url=(0014)about:internet -->\n<HTML>', 'HTML'],
    ['<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">', 'HTML'],
    ['HTTP/2 200 \r\ncontent-type: text/html\r\n\r\n<p>x', 'HTML'],
    [`<?xml version="1.0"?>\n<!-- WordPress -->\n<rss version="2.0" ${NAMESPACE}>`, 'WXR'],
    [`<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]><rss ${NAMESPACE}>`, 'WXR'],
    ['<rss version="2.0">', 'MARKDOWN'],
    ['{"colophon":"export","version":1}\n', 'JSON_LINES'],
    ['{"other":1}', 'MARKDOWN'],
  ])('%j is %s', (text, format) => {
    expect(sniffFormat(Buffer.from(text))).toBe(format);
  });

  it('in UTF-16, too', () => {
    const bytes = Buffer.from('\uFEFF<!doctype html>', 'utf16le');
    expect([sniffFormat(bytes), sniffFormat(Buffer.from(bytes).swap16())]).toEqual(['HTML', 'HTML']);
  });

  it('whatever the name says, packed or not', async () => {
    const html = await readFile(formatPath('html', 'english-page.html'));
    await put('names/page.md', html);
    await put('names/page.txt', gzipSync(html));
    const incoming = await come([at('names')]);
    expect(told(incoming)).toEqual(['names/page.md HTML', 'names/page.txt HTML']);
    for (const one of incoming) expect('document' in one && one.document.bytes.equals(html)).toBe(true);
  });

  it('lines of records come one by one, with their numbers', async () => {
    const path = await put('records.jsonl.gz', gzipSync('{"colophon":1}\r\n\n{"a":"é"}\n{"b":2}'));
    for await (const one of openDocuments([path], { limitBytes: 64 })) {
      const lines: JsonLine[] = [];
      if ('records' in one) for await (const line of one.records) lines.push(line);
      expect(lines).toEqual([
        { line: 1, text: '{"colophon":1}' },
        { line: 3, text: '{"a":"é"}' },
        { line: 4, text: '{"b":2}' },
      ]);
    }
  });
});

describe('what is too large or no document is refused, and the others come', () => {
  it('files, packed files, lines and items beyond the limit', async () => {
    await put('large/a.txt', Buffer.alloc(4096, 'a'));
    await put('large/b.txt', Buffer.alloc(4097, 'a'));
    await put('large/c.gz', gzipSync(Buffer.alloc(50_000_000)));
    const sparse = await open(at('large/d.txt'), 'w');
    await sparse.truncate(200 * 1024 * 1024);
    await sparse.close();
    await put('large/e.gz', gzipSync('# whole').subarray(0, 20));
    await put('large/f.txt', '# f');
    expect(told(await come([at('large')]))).toEqual([
      'large/a.txt MARKDOWN',
      'large/b.txt DOCUMENT_TOO_LARGE',
      'large/c.gz DOCUMENT_TOO_LARGE',
      'large/d.txt DOCUMENT_TOO_LARGE',
      'large/e.gz DOCUMENT_UNREADABLE',
      'large/f.txt MARKDOWN',
    ]);
    expect(await come([at('large/e.gz')])).toMatchObject([{ refusal: { found: 'a gzip file that is cut off' } }]);
    const [, one] = await come([at('large/a.txt'), at('large/b.txt')]);
    expect(one).toMatchObject({
      refusal: { expected: expect.stringContaining('COLOPHON_DOCUMENT_LIMIT_BYTES') as unknown },
    });
  });

  it('an item beyond the limit, and not its neighbours', async () => {
    const item = (n: number, text: string): string =>
      `<item><title>${n}</title><content:encoded><![CDATA[${text}]]></content:encoded></item>`;
    const xml = `<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>x</title>${item(1, 'a')}${item(2, 'b'.repeat(200_000))}${item(3, 'c')}</channel></rss>`;
    expect(told(await come([await put('items.xml', xml)]))).toEqual([
      'items.xml#1 WXR',
      'items.xml#2 DOCUMENT_TOO_LARGE',
      'items.xml#3 WXR',
    ]);
  });

  const RSS = '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>x</title>';
  it.each([
    ['an item without end', `${RSS}<item><title>`],
    ['an item without end behind others', `${RSS}<item><title>a</title></item><item><title>`],
    ['nothing between items without end', `${RSS}\n`],
  ])('an archive with %s is not read to its end', async (_what, head) => {
    let taken = 0;
    async function* input(): AsyncGenerator<Buffer> {
      yield Buffer.from(head);
      for (; taken < 1000; taken++) yield await Promise.resolve(Buffer.alloc(4096, ' '));
    }
    const incoming = await come(['-'], { standardInput: input() });
    expect(told(incoming).at(-1)).toBe('- DOCUMENT_TOO_LARGE');
    expect(taken).toBeLessThan(100);
  });

  it.each([
    ['an archive', `${RSS}<item><title>`],
    ['an archive between its items', RSS],
    ['lines', '{"colophon":"export","version":1}\n'],
  ])('%s, packed like a bomb, is not unpacked to its end', async (_what, head) => {
    const path = await put('bomb.gz', gzipSync(Buffer.concat([Buffer.from(head), Buffer.alloc(80_000_000, '\n')])));
    expect((await stat(path)).size).toBeLessThan(100_000);
    const before = performance.now();
    const [one] = await come([path], { limitBytes: 8 * 1024 * 1024 });
    const read = async (): Promise<Refusal | null> => {
      if (one === undefined || !('records' in one)) return one !== undefined && 'refusal' in one ? one.refusal : null;
      try {
        for await (const line of one.records) expect(line.line).toBe(1);
        return null;
      } catch (error) {
        return error instanceof DocumentRefused ? error.refusal : null;
      }
    };
    expect(await read()).toMatchObject({
      code: 'DOCUMENT_TOO_LARGE',
      expected: 'a packed file that becomes at most 200 times as large',
    });
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  it.each([
    ['UTF-16', '<?xml version="1.0" encoding="UTF-16"?>', 'XML_NOT_PLAIN'],
    ['declarations that never end', `<!DOCTYPE rss [${'<!ENTITY a "b">'.repeat(1000)}`, 'XML_NOT_PLAIN'],
    ['elements without end', '', 'XML_MALFORMED', '<a>'.repeat(100_000)],
    [
      'attributes without end',
      '',
      'XML_MALFORMED',
      `<a ${Array.from({ length: 10_000 }, (_, i) => `a${i}=""`).join(' ')}/>`,
    ],
    ['an entity that nobody declared', '', 'XML_MALFORMED', '<title>&nbsp;</title>'],
  ])('an archive with %s', async (_what, head, code, inside = '') => {
    const xml = `${head}<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>${inside}`;
    expect(told(await come([await put('hostile.xml', xml)]))).toEqual([`hostile.xml ${code}`]);
  });
});

it('an archive is cut alike, however its bytes come', async () => {
  const bytes = await readFile(formatPath('wxr', 'unknown-site.xml'));
  const cutBy = async (size: number): Promise<Incoming[]> => {
    async function* chunks(): AsyncGenerator<Buffer> {
      for (let i = 0; i < bytes.length; i += size) yield await Promise.resolve(bytes.subarray(i, i + size));
    }
    const incoming: Incoming[] = [];
    for await (const one of openArchive('a', 'a', chunks(), 1_000_000)) incoming.push(one);
    return incoming;
  };
  const whole = await cutBy(bytes.length);
  expect(whole).toHaveLength(1);
  for (const size of [1, 7, 500]) expect(await cutBy(size)).toEqual(whole);
});

it('an archive of any length takes no more room than its items', async () => {
  const item = Buffer.from(
    `<item><title>x</title><content:encoded><![CDATA[${'a'.repeat(2000)}]]></content:encoded></item>\n`,
  );
  async function* chunks(): AsyncGenerator<Buffer> {
    yield Buffer.from('<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>x</title>');
    for (let i = 0; i < 5000; i++) yield await Promise.resolve(item);
    yield Buffer.from('</channel></rss>');
  }
  let count = 0;
  let most = 0;
  const before = process.memoryUsage().heapUsed;
  for await (const one of openArchive('a', 'a', chunks(), 4096)) {
    if ('document' in one) count++;
    if (count % 500 === 0) most = Math.max(most, process.memoryUsage().heapUsed - before);
  }
  expect(count).toBe(5000);
  // Five thousand items are 10 MB; what is kept of them is garbage that nobody has collected yet.
  expect(most).toBeLessThan(200 * 1024 * 1024);
});
