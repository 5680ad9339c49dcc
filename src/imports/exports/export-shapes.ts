import { canonicalLanguageTag, type LanguageTag } from '../../common/language-tag.js';
import { parsePartialDate, type PartialDate } from '../../common/partial-date.js';
import { isSafeUrl } from '../../common/scalars.js';
import { isStorableName } from '../../database/name-length.js';
import { quoteFound } from '../../reading/document-refused.js';

/** A value of a line that is not what it should be: where in the line, what was expected, what stood there. */
export class Misshapen extends Error {
  constructor(
    readonly path: string,
    readonly expected: string,
    readonly value: unknown,
  ) {
    super(`expected ${expected} at ${path}`);
  }

  /** What stood there, in a few words. */
  get found(): string {
    const { value } = this;
    if (typeof value === 'string') return value === '' ? 'an empty text' : quoteFound(value);
    if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
    if (typeof value === 'object' && value !== null) return 'an object';
    return value === undefined ? 'nothing' : JSON.stringify(value);
  }
}

/** What a JSON value has to be, to be a `T`. */
export interface Shape<T> {
  /** Throws Misshapen at the first place that does not fit. */
  readonly check: (value: unknown, path: string) => void;
  readonly isOptional?: boolean;
  /** For the compiler alone: shapes are as wide or narrow as what they describe. */
  readonly of?: T;
}

/** Texts that neither UTF-8 nor Postgres can hold. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** No export nests deeper; parsers of all kinds have their bounds. */
const DEEPEST = 32;

function that<T>(expected: string, holds: (value: unknown) => boolean): Shape<T> {
  return {
    check: (value, path) => {
      if (!holds(value)) throw new Misshapen(path, expected, value);
    },
  };
}

/** Any text that can be stored and fits. */
function textThat(expected: string, holds: (text: string) => boolean): Shape<string> {
  return {
    check: (value, path) => {
      if (typeof value !== 'string') throw new Misshapen(path, expected, value);
      if (UNSTORABLE.test(value)) {
        throw new Misshapen(path, 'text without NUL characters and lone surrogates', visible(value));
      }
      if (!holds(value)) throw new Misshapen(path, expected, value);
    },
  };
}

/** What can not be printed, by its number. */
function visible(text: string): string {
  return text.replace(/[\0\p{Surrogate}]/gu, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export const text = textThat('text', () => true);
export const filledText = textThat('text that is not empty', (value) => value !== '');
export const name = textThat('a name of 1 to 300 characters', isStorableName);
export const uuid = textThat('an id such as 6f1c0c1e-…, a UUID in lower case', (value) =>
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value),
);
export const sha256 = textThat('a SHA-256 in 64 lower-case hexadecimal digits', (value) =>
  /^[0-9a-f]{64}$/.test(value),
);
export const base64 = textThat('bytes in base64', (value) => value.length % 4 === 0 && /^[\w+/]*={0,2}$/.test(value));
export const slug = textThat(
  'a slug: words of a-z and 0-9 parted by hyphens',
  (value) => value.length <= 300 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(value),
);
export const languageTag: Shape<LanguageTag> = textThat(
  'a language tag in canonical form',
  (value) => canonicalLanguageTag(value) === value,
);
export const partialDate: Shape<PartialDate> = textThat(
  'a date such as 2016, 2016-03 or 2016-03-30',
  (value) => parsePartialDate(value) !== null,
);
export const url = textThat('an http, https or mailto address', isSafeUrl);
export const moment = textThat(
  'a moment such as 2016-03-30T12:00:00.000000Z',
  (value) =>
    /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(value) &&
    !Number.isNaN(Date.parse(value)) &&
    new Date(value).toISOString().slice(0, 19) === value.slice(0, 19),
);
export const flag: Shape<boolean> = that('true or false', (value) => typeof value === 'boolean');
export const count: Shape<number> = that(
  'a whole number from 0 on',
  (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 31,
);
export const ordinal: Shape<number> = that(
  'a whole number from 1 on',
  (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) < 2 ** 31,
);

/** One of the words of a closed list. */
export function oneOf<const T extends string>(words: readonly T[]): Shape<T> {
  return that(`one of ${words.join(', ')}`, (value) => (words as readonly unknown[]).includes(value));
}

export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return {
    check: (value, path) => {
      if (value !== null) shape.check(value, path);
    },
  };
}

/** For a property that may be left out. */
export function optional<T>(shape: Shape<T>): Shape<T> {
  return { ...shape, isOptional: true };
}

export function listOf<T>(shape: Shape<T>): Shape<T[]> {
  return {
    check: (value, path) => {
      if (!Array.isArray(value)) throw new Misshapen(path, 'a list', value);
      for (const [i, item] of value.entries()) shape.check(item, `${path}[${i}]`);
    },
  };
}

/** An object with these properties and no others. All properties of `T` have to be named: the compiler sees to it. */
export function objectOf<T extends object>(properties: { readonly [Key in keyof T]-?: Shape<T[Key]> }): Shape<T> {
  const shapes = new Map<string, Shape<unknown>>(Object.entries(properties));
  return {
    check: (value, path) => {
      const entries = entriesOf(value, path);
      for (const [key] of entries) {
        if (!shapes.has(key)) {
          throw new Misshapen(path, `no property but ${[...shapes.keys()].join(', ')}`, visible(key));
        }
      }
      for (const [key, shape] of shapes) {
        const inner = entries.find(([own]) => own === key)?.[1];
        if (inner !== undefined || shape.isOptional !== true) shape.check(inner, below(path, key));
      }
    },
  };
}

/** An object of whatever properties of one kind: labels by language. */
export function mapOf<T>(key: Shape<string>, shape: Shape<T>): Shape<Record<string, T>> {
  return {
    check: (value, path) => {
      for (const [own, inner] of entriesOf(value, path)) {
        key.check(own, `${path} (the name of a property)`);
        shape.check(inner, below(path, own));
      }
    },
  };
}

/** Objects of several kinds, which `type` tells apart. */
export function eitherOf<T extends { readonly type: string }>(kinds: {
  readonly [Type in T['type']]: Shape<Extract<T, { readonly type: Type }>>;
}): Shape<T> {
  const shapes = new Map<unknown, Shape<unknown>>(Object.entries(kinds));
  return {
    check: (value, path) => {
      const type = entriesOf(value, path).find(([key]) => key === 'type')?.[1];
      const shape = shapes.get(type);
      if (shape === undefined)
        throw new Misshapen(below(path, 'type'), `one of ${[...shapes.keys()].join(', ')}`, type);
      shape.check(value, path);
    },
  };
}

/** A value that fits one of two shapes: a text or an object. */
export function textOr<T extends object>(shape: Shape<T>): Shape<string | T> {
  return {
    check: (value, path) => {
      (typeof value === 'string' ? text : shape).check(value, path);
    },
  };
}

/** Any JSON that can be stored. */
export const json: Shape<unknown> = {
  check: (value, path) => {
    checkJson(value, path, 0);
  },
};

function checkJson(value: unknown, path: string, depth: number): void {
  if (depth > DEEPEST) throw new Misshapen(path, `values nested no deeper than ${DEEPEST} times`, value);
  if (typeof value === 'string') text.check(value, path);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) text.check(key, `${path} (the name of a property)`);
    checkJson(inner, Array.isArray(value) ? `${path}[${key}]` : below(path, key), depth + 1);
  }
}

function entriesOf(value: unknown, path: string): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Misshapen(path, 'an object', value);
  }
  return Object.entries(value);
}

function below(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
