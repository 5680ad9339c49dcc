import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import picomatch from 'picomatch';
import type { Refusal } from '../reading.js';

/** A file to open, or why there is none. The path `-` is standard input. */
export type FoundFile = { readonly path: string } | { readonly path: string; readonly refusal: Refusal };

/** What stands for standard input where a path is asked for. */
export const STANDARD_INPUT = '-';

/**
 * The files that inputs name, in their order, each once: a file is itself, a folder all files in it and below it, sorted,
 * a pattern such as `pages/*.html` what it fits. Hidden files are passed over. A link in a folder is followed as long as it
 * leads to something in the same folder; one that leaves it is refused.
 */
export async function* findDocuments(inputs: readonly string[]): AsyncGenerator<FoundFile> {
  const seen = new Set<string>();
  for (const input of inputs) yield* findInput(input, seen);
}

async function* findInput(input: string, seen: Set<string>): AsyncGenerator<FoundFile> {
  if (input === STANDARD_INPUT) {
    yield { path: input };
    return;
  }
  const kind = await stat(input).catch(nothing);
  if (kind?.isDirectory() === true) {
    const root = await realpath(input);
    yield* walk({ shown: input, real: root }, root, seen);
  } else if (kind !== null) {
    yield* once(input, await realpath(input), seen);
  } else if (picomatch.scan(input).isGlob || input.includes('{')) {
    yield* matches(input, seen);
  } else {
    yield unreadable(
      input,
      (await lstat(input).catch(nothing)) === null ? 'nothing there' : 'a link that leads nowhere',
    );
  }
}

function* once(path: string, real: string, seen: Set<string> | null): Generator<FoundFile> {
  if (seen?.has(real) === true) return;
  seen?.add(real);
  yield { path };
}

/** A folder by the path that people see, and by the one that no link is part of. */
interface Folder {
  readonly shown: string;
  readonly real: string;
}

/** Without what was seen before, links to folders are not followed, so that none is walked through for ever. */
async function* walk(folder: Folder, root: string, seen: Set<string> | null): AsyncGenerator<FoundFile> {
  if (seen?.has(folder.real) === true) return;
  seen?.add(folder.real);
  let entries: Dirent[];
  try {
    entries = await readdir(folder.real, { withFileTypes: true });
  } catch (error) {
    yield unreadable(folder.shown, codeOf(error));
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    const inside = { shown: join(folder.shown, entry.name), real: join(folder.real, entry.name) };
    if (entry.isSymbolicLink()) yield* follow(inside, root, seen);
    else if (entry.isDirectory()) yield* walk(inside, root, seen);
    else if (entry.isFile()) yield* once(inside.shown, inside.real, seen);
  }
}

async function* follow(
  { shown, real: link }: Folder,
  root: string,
  seen: Set<string> | null,
): AsyncGenerator<FoundFile> {
  const real = await realpath(link).catch(nothing);
  if (real === null) {
    yield unreadable(shown, 'a link that leads nowhere');
  } else if (!isInside(real, root)) {
    const expected = 'a link that stays in its folder';
    yield { path: shown, refusal: { code: 'PATH_LEAVES_FOLDER', line: null, expected, found: 'one that leaves it' } };
  } else if ((await stat(real)).isDirectory()) {
    if (seen !== null) yield* walk({ shown, real }, root, seen);
  } else {
    yield* once(shown, real, seen);
  }
}

/** What a pattern fits, found as in a folder: below the part of it that is no pattern. */
async function* matches(pattern: string, seen: Set<string>): AsyncGenerator<FoundFile> {
  const steps = pattern.split('/');
  const first = steps.findIndex((step) => picomatch.scan(step).isGlob || step.includes('{'));
  const base = steps.slice(0, first).join('/') || (pattern.startsWith('/') ? '/' : '.');
  const fits = picomatch(steps.slice(first).join('/'));
  const real = await realpath(base).catch(nothing);
  let isFound = false;
  if (real !== null) {
    // Whether a file was named before is for those that fit alone.
    for await (const found of walk({ shown: base, real }, real, null)) {
      if (!fits(relative(base, found.path))) continue;
      isFound = true;
      if ('refusal' in found) yield found;
      else yield* once(found.path, await realpath(found.path), seen);
    }
  }
  if (!isFound) yield unreadable(pattern, 'no file that fits');
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function unreadable(path: string, found: string): FoundFile {
  return { path, refusal: { code: 'DOCUMENT_UNREADABLE', line: null, expected: 'a readable file', found } };
}

/** What zlib's names mean. */
const DAMAGES: Readonly<Record<string, string>> = {
  Z_BUF_ERROR: 'a gzip file that is cut off',
  Z_DATA_ERROR: 'a gzip file that is damaged',
};

/** The system's name of a failure, `EACCES`, which says all that a person needs; in words where it would not. */
export function codeOf(error: unknown): string {
  const { code = 'an unknown reason' } = error as NodeJS.ErrnoException;
  return DAMAGES[code] ?? code;
}

function nothing(): null {
  return null;
}
