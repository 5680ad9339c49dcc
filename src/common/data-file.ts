import type { ValidationError } from 'class-validator';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { ColophonError } from './colophon-error.js';

/** A data file that makes no sense: the message names the file, the path in it and the reason, one line each. */
export class DataFileError extends ColophonError {
  override readonly name = 'DataFileError';
}

/** Flattens validation errors into `path: reason`. */
export function validationLines(errors: readonly ValidationError[], path = ''): string[] {
  return errors.flatMap((error) => {
    const here = path === '' ? error.property : `${path}.${error.property}`;
    return [
      ...Object.values(error.constraints ?? {}).map((reason) => `${here}: ${reason.replace(`${error.property} `, '')}`),
      ...validationLines(error.children ?? [], here),
    ];
  });
}

/** Reads YAML as an object. Throws DataFileError naming file, line and reason. */
export function parseYaml(text: string, fileName: string): Record<string, unknown> {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line } = lineCounter.linePos(error.pos[0]);
    throw new DataFileError(`${fileName}: line ${line}: ${error.message.split('\n')[0] ?? 'is no YAML'}`);
  }
  const plain = toPlain(document, fileName);
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) {
    throw new DataFileError(`${fileName}: must be a mapping of names to values`);
  }
  return plain as Record<string, unknown>;
}

function toPlain(document: Document, fileName: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new DataFileError(`${fileName}: ${error instanceof Error ? error.message : 'is no YAML'}`);
  }
}
