import sax from 'sax';
import { DocumentRefused } from '../document-refused.js';

/** An element of an item, with where it and its text stand. Offsets are UTF-16 units of the item's text, ends exclusive. */
export interface WxrElement {
  /** With its prefix, as exports have it: `content:encoded`. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly start: number;
  readonly end: number;
  /** What stands between its tags, without the marks of a CDATA section that is all of it. */
  readonly textStart: number;
  readonly textEnd: number;
  /** Whether the text is a CDATA section as it stands, so that places in it are places in the item. */
  readonly isVerbatim: boolean;
  /** The text, references and sections read. */
  readonly value: string;
  readonly children: readonly WxrElement[];
}

const DEEPEST_ELEMENT = 64;

const CDATA_START = '<![CDATA[';
const CDATA_END = ']]>';

interface OpenElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly start: number;
  readonly innerStart: number;
  value: string;
  readonly children: WxrElement[];
}

function refuse(code: 'XML_MALFORMED' | 'XML_NOT_PLAIN', line: number, found: string): never {
  const expected = code === 'XML_MALFORMED' ? 'well-formed XML' : 'an item without declarations of its own';
  throw new DocumentRefused({ code, line, expected, found });
}

/** Reads the item of an archive. Throws DocumentRefused, naming the item's line, where it is no plain XML. */
export function readItemElement(text: string): WxrElement {
  const parser = sax.parser(true, { position: true });
  const open: OpenElement[] = [];
  const roots: WxrElement[] = [];
  parser.onerror = (error) => refuse('XML_MALFORMED', parser.line + 1, error.message.split('\n')[0] ?? 'a mistake');
  parser.ondoctype = () => refuse('XML_NOT_PLAIN', parser.line + 1, 'a declaration');
  parser.onsgmldeclaration = () => refuse('XML_NOT_PLAIN', parser.line + 1, 'a declaration');
  parser.onopentag = ({ name, attributes }) => {
    if (open.length >= DEEPEST_ELEMENT) refuse('XML_MALFORMED', parser.line + 1, 'elements nested without end');
    const place = { start: parser.startTagPosition - 1, innerStart: parser.position };
    open.push({ name, attributes: attributes as Record<string, string>, ...place, value: '', children: [] });
  };
  parser.ontext = parser.oncdata = (piece) => {
    const element = open.at(-1);
    if (element !== undefined) element.value += piece;
  };
  parser.onclosetag = () => {
    const element = open.pop();
    if (element === undefined) return;
    // Of an element that closes itself, both tags are one.
    const innerEnd = Math.max(element.innerStart, parser.startTagPosition - 1);
    const closed = close(element, innerEnd, parser.position, text);
    const parent = open.at(-1);
    (parent?.children ?? roots).push(closed);
  };
  parser.write(text).close();
  return roots[0] ?? refuse('XML_MALFORMED', 1, 'no item');
}

function close({ innerStart, ...element }: OpenElement, innerEnd: number, end: number, text: string): WxrElement {
  const inner = text.slice(innerStart, innerEnd);
  const [from, to] = [inner.indexOf(CDATA_START), inner.lastIndexOf(CDATA_END)];
  const isVerbatim =
    from !== -1 &&
    inner.indexOf(CDATA_END) === to &&
    inner.slice(0, from).trim() === '' &&
    inner.slice(to + CDATA_END.length).trim() === '';
  return {
    ...element,
    end,
    isVerbatim,
    textStart: isVerbatim ? innerStart + from + CDATA_START.length : innerStart,
    textEnd: isVerbatim ? innerStart + to : innerEnd,
    value: isVerbatim ? inner.slice(from + CDATA_START.length, to) : element.value,
  };
}
