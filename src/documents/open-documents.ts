import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Incoming } from './incoming-document.js';

/** How much a document may be, in bytes; an archive may be of any length, its items may not. */
export interface DoorOptions {
  readonly limitBytes: number;
}

/**
 * Opens documents one after another: files, folders, globs, `-` for standard input, each packed with gzip or not.
 * What each is, its content tells, not its name. One document is held at a time.
 */
export async function* openDocuments(inputs: readonly string[], { limitBytes }: DoorOptions): AsyncGenerator<Incoming> {
  for (const path of inputs) {
    const handle = await open(path);
    try {
      const { size } = await handle.stat();
      if (size > limitBytes) {
        const expected = `a document of at most ${limitBytes} bytes`;
        yield { path, refusal: { code: 'DOCUMENT_TOO_LARGE', line: null, expected, found: `${size} bytes` } };
        continue;
      }
      yield { document: { path, fileName: basename(path), format: 'MARKDOWN', bytes: await handle.readFile() } };
    } finally {
      await handle.close();
    }
  }
}
