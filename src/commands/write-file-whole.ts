import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { ColophonError } from '../common/colophon-error.js';
import { codeOf } from '../reading/door/find-documents.js';

/**
 * Writes a file beside its place and puts it there when it is whole: what is cut off never looks like an export. It is
 * packed where its name ends in `.gz`. Throws ColophonError where it can not be written, and what the lines throw.
 */
export async function writeFileWhole(path: string, lines: AsyncIterable<string>): Promise<void> {
  const partial = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  // By its path: the stream alone keeps its file open, and nobody can collect it meanwhile.
  const target = createWriteStream(partial, { flags: 'wx', flush: true });
  try {
    // Nothing is asked of the database for a file that can not be made.
    await once(target, 'open');
    const source = Readable.from(lines);
    if (path.endsWith('.gz')) await pipeline(source, createGzip(), target);
    else await pipeline(source, target);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    if (!isOfFiles(error)) throw error;
    throw new ColophonError(`${path} can not be written (${codeOf(error)}).`);
  }
}

/** Errors of files have the name of the system's call; those of lines have not. */
function isOfFiles(error: unknown): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && typeof syscall === 'string';
}
