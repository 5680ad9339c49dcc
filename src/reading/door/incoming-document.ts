import type { Refusal } from '../reading.js';

/** The formats that documents come in, each with a reader of its own. */
export const DOCUMENT_FORMATS = ['MARKDOWN', 'HTML', 'WXR'] as const;
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];

/** What an archive's channel says of all its items, as far as one item needs it. Plain data: it goes to other threads. */
export interface ItemArchive {
  /** The encoding that the archive's XML declaration names, in lower case; `utf-8` where it names none. */
  readonly encoding: string;
  readonly title: string | null;
  /** The site's own addresses: `https://www.example.org/blog`. */
  readonly urls: readonly string[];
  readonly language: string | null;
  /** The name that the item's author goes by, where the channel knows the login. */
  readonly authorName: string | null;
  /** The line of the archive at which the item begins, counted from 1. */
  readonly firstLine: number;
}

/** A document on its way in: its bytes, where they came from, and the reader that they are for. */
export interface IncomingDocument {
  /** For people: `pages/a.txt`; `archive.xml.gz#17` for an archive's 17th item; `-` for standard input. */
  readonly path: string;
  /** The name without its folder, as it is stored. */
  readonly fileName: string;
  readonly format: DocumentFormat;
  /** What is stored: a whole file, unpacked; of an archive, one item's element and nothing around it. */
  readonly bytes: Buffer;
  /** Only for an item of an archive. */
  readonly archive?: ItemArchive;
}

/** A line of JSON Lines, counted from 1: its text, or why it has none. */
export type JsonLine =
  { readonly line: number; readonly text: string } | { readonly line: number; readonly refusal: Refusal };

/**
 * What comes in at the door: a document, or lines of Colophon's own export; or why there is none: refused, or passed over
 * with the reason. Records are read to their end, or not at all, before the next is asked for.
 */
export type Incoming =
  | { readonly document: IncomingDocument }
  | { readonly path: string; readonly records: AsyncIterable<JsonLine> }
  | { readonly path: string; readonly refusal: Refusal }
  | { readonly path: string; readonly passedOver: string };
