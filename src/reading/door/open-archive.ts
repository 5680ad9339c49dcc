import sax from 'sax';
import { type Charset, charsetNamed, decodeText } from '../charset.js';
import { DocumentRefused } from '../document-refused.js';
import type { Incoming } from './incoming-document.js';
import type { RefusalCode } from '../reading.js';
import { tooLarge } from './too-large.js';

/** Post types that are articles. Pages, attachments, entries of menus and the like are not. */
const ARTICLE_TYPES: ReadonlySet<string> = new Set(['post']);

/** States in which a post is none: thrown away, or never written. */
const PASSED_STATES: ReadonlySet<string> = new Set(['trash', 'auto-draft', 'inherit']);

/** What an export has is far below; what is beyond would fill the memory. */
const DEEPEST_ELEMENT = 64;
const MOST_ATTRIBUTES = 256;
const LONGEST_VALUE = 10_000;
const LONGEST_START_TAG = 4096;

/** How many times a document's limit is read on without an item's end: one too large is passed over, one without end is not. */
const MOST_PASSED = 64;

/** The elements whose text is needed before an item is read, by their path below `rss/channel`. */
const CHANNEL_VALUES: ReadonlySet<string> = new Set([
  'title',
  'link',
  'language',
  'wp:base_site_url',
  'wp:base_blog_url',
  'wp:author/wp:author_login',
  'wp:author/wp:author_display_name',
  'item/dc:creator',
  'item/wp:post_type',
  'item/wp:status',
]);

interface OpenItem {
  readonly number: number;
  readonly firstLine: number;
  readonly values: Map<string, string>;
  /** Offset of its first byte in the archive. */
  readonly start: number;
  parts: Buffer[];
  length: number;
}

/**
 * Cuts an archive into its items as its bytes come, holding one item at a time. The bytes are parsed as if each were a
 * character: markup is ASCII in every encoding that an export has, so places are counted in bytes, and an item is the
 * very bytes from its start tag to its end tag.
 */
class ArchiveCutter {
  readonly #parser = sax.parser(true, { position: true });
  readonly #channel = new Map<string, string>();
  readonly #authors = new Map<string, string>();
  readonly #ready: Incoming[] = [];
  readonly #path: string[] = [];
  #text: string | null = null;
  #item: OpenItem | null = null;
  #items = 0;
  #charset: Charset | undefined;
  #chunk: Buffer = Buffer.alloc(0);
  #chunkStart = 0;
  /** The last bytes before the chunk: a start tag may have begun there. */
  #before: Buffer = Buffer.alloc(0);
  #attributes = 0;
  /** Where the last item ended. */
  #lastEnd = 0;

  constructor(
    readonly archivePath: string,
    readonly fileName: string,
    readonly limitBytes: number,
  ) {
    this.#parser.onprocessinginstruction = ({ name, body }) => {
      if (name === 'xml') this.#declare(body);
    };
    this.#parser.ondoctype = () => {
      this.#refuseDeclarations();
    };
    this.#parser.onsgmldeclaration = () => {
      this.#refuseDeclarations();
    };
    this.#parser.onopentagstart = () => {
      this.#attributes = 0;
    };
    this.#parser.onattribute = () => {
      if (++this.#attributes > MOST_ATTRIBUTES) this.#malformed('an element with too many attributes');
    };
    this.#parser.onopentag = ({ name }) => {
      this.#open(name);
    };
    this.#parser.onclosetag = () => {
      this.#close();
    };
    this.#parser.ontext = (text) => {
      this.#take(text);
    };
    this.#parser.oncdata = (text) => {
      this.#take(text);
    };
    this.#parser.onerror = (error) => {
      this.#malformed(error.message.split('\n')[0] ?? 'a mistake');
    };
  }

  /** Takes the next bytes of the archive. Throws DocumentRefused at the first that is no plain XML. */
  write(chunk: Buffer): void {
    this.#chunk = chunk;
    this.#parser.write(chunk.toString('latin1'));
    // A declaration may be longer than all memory: it is refused when it begins.
    const { doctype } = this.#parser as unknown as { readonly doctype: string | boolean };
    if (doctype !== '') this.#refuseDeclarations();
    this.#keep(chunk.length);
    this.#before = Buffer.concat([this.#before, chunk]).subarray(-LONGEST_START_TAG);
    this.#chunkStart += chunk.length;
    if (this.#chunkStart - this.#lastEnd > MOST_PASSED * this.limitBytes) {
      const what = this.#item === null ? 'what stands between two items' : 'an item';
      throw new DocumentRefused(tooLarge(what, this.limitBytes, null, this.#item?.firstLine ?? this.#parser.line + 1));
    }
  }

  /** The archive is at its end. Throws DocumentRefused where it should not be. */
  end(): void {
    this.#parser.close();
    if (this.#items === 0 && !this.#channel.has('title')) this.#malformed('no channel');
  }

  /** What has been read since it was asked for last. */
  take(): readonly Incoming[] {
    return this.#ready.splice(0);
  }

  #declare(body: string): void {
    const label = /\bencoding\s*=\s*["']([^"']+)["']/.exec(body)?.[1];
    const charset = label === undefined ? undefined : charsetNamed(label);
    // Markup is looked for byte by byte.
    if (charset === null || charset?.startsWith('utf-16') === true || charset === 'iso-2022-jp') {
      this.#refuse('XML_NOT_PLAIN', 'an encoding that is known, and keeps ASCII', `“${label ?? ''}”`);
    } else {
      this.#charset = charset;
    }
  }

  #open(name: string): void {
    this.#path.push(name);
    if (this.#path.length > DEEPEST_ELEMENT) this.#malformed('elements nested without end');
    if (this.#inChannel() === 'item') {
      const start = this.#parser.startTagPosition - 1;
      const early = Math.max(0, this.#chunkStart - start);
      if (early > this.#before.length) this.#malformed('an item with a start tag beyond all measure');
      const parts = early > 0 ? [this.#before.subarray(-early)] : [];
      const firstLine = this.#parser.line + 1;
      this.#item = { number: ++this.#items, firstLine, values: new Map(), start, parts, length: early };
    }
    this.#text = CHANNEL_VALUES.has(this.#inChannel()) ? '' : null;
  }

  #inChannel(): string {
    return this.#path[0] === 'rss' && this.#path[1] === 'channel' ? this.#path.slice(2).join('/') : '';
  }

  #take(text: string): void {
    if (this.#text !== null && this.#text.length <= LONGEST_VALUE) this.#text += text;
  }

  #close(): void {
    const place = this.#inChannel();
    if (this.#text !== null) {
      const value = decodeText(Buffer.from(this.#text, 'latin1'), this.#charset).trim();
      const values = this.#item?.values ?? this.#channel;
      if (!values.has(place)) values.set(place, value);
      this.#text = null;
    }
    if (place === 'wp:author') {
      const login = this.#channel.get('wp:author/wp:author_login');
      const name = this.#channel.get('wp:author/wp:author_display_name');
      if (login !== undefined && name !== undefined && name !== '') this.#authors.set(login, name);
      this.#channel.delete('wp:author/wp:author_login');
      this.#channel.delete('wp:author/wp:author_display_name');
    }
    if (place === 'item' && this.#item !== null) {
      this.#keep(this.#parser.position - this.#chunkStart);
      this.#ready.push(this.#finish(this.#item));
      this.#item = null;
      this.#lastEnd = this.#parser.position;
    }
    this.#path.pop();
  }

  /** Keeps the open item's bytes of this chunk, up to a place of the chunk. */
  #keep(end: number): void {
    const item = this.#item;
    if (item !== null) {
      const part = this.#chunk.subarray(Math.max(0, item.start - this.#chunkStart), end);
      item.length += part.length;
      if (item.length <= this.limitBytes) item.parts.push(part);
      else item.parts = [];
    }
  }

  #finish({ number, firstLine, values, parts, length }: OpenItem): Incoming {
    const path = `${this.archivePath}#${number}`;
    const type = values.get('item/wp:post_type') ?? 'post';
    const status = values.get('item/wp:status') ?? 'publish';
    if (!ARTICLE_TYPES.has(type)) return { path, passedOver: type };
    if (PASSED_STATES.has(status)) return { path, passedOver: status };
    if (length > this.limitBytes) return { path, refusal: tooLarge('an item', this.limitBytes, length, firstLine) };
    const valueOf = (name: string): string | null => this.#channel.get(name) ?? null;
    return {
      document: {
        path,
        fileName: `${this.fileName}#${number}`,
        format: 'WXR',
        bytes: Buffer.concat(parts),
        archive: {
          encoding: this.#charset ?? 'utf-8',
          title: valueOf('title'),
          urls: ['link', 'wp:base_blog_url', 'wp:base_site_url'].map(valueOf).filter((url) => url !== null),
          language: valueOf('language'),
          authorName: this.#authors.get(values.get('item/dc:creator') ?? '') ?? null,
          firstLine,
        },
      },
    };
  }

  #refuseDeclarations(): never {
    return this.#refuse(
      'XML_NOT_PLAIN',
      'an archive without a DOCTYPE and without entities of its own',
      'a declaration',
    );
  }

  #malformed(found: string): never {
    return this.#refuse('XML_MALFORMED', 'well-formed XML', found.replace(/\s+/g, ' '));
  }

  #refuse(code: RefusalCode, expected: string, found: string): never {
    throw new DocumentRefused({ code, line: this.#parser.line + 1, expected, found });
  }
}

const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

/**
 * The items of a WordPress export (WXR), one after another as its bytes come. Entities are never resolved and nothing is
 * fetched: an archive that declares any is refused. Throws DocumentRefused where the archive is no plain XML, after the items before.
 */
export async function* openArchive(
  path: string,
  fileName: string,
  chunks: AsyncIterable<Buffer>,
  limitBytes: number,
): AsyncGenerator<Incoming> {
  const cutter = new ArchiveCutter(path, fileName, limitBytes);
  let isFirst = true;
  for await (const chunk of chunks) {
    const hasMark = isFirst && chunk.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
    isFirst = false;
    try {
      cutter.write(hasMark ? chunk.subarray(BYTE_ORDER_MARK.length) : chunk);
    } finally {
      yield* cutter.take();
    }
  }
  cutter.end();
}
