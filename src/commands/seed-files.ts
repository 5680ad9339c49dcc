import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ColophonError } from '../common/colophon-error.js';
import { DataFileError } from '../common/data-file.js';
import { type LinkKindRule, parseLinkKindFile } from '../reading/page/link-kinds.js';
import type { ReadingKnowledge } from '../reading/page/read-page.js';
import { compileKnowledge } from '../reading/reading-knowledge.js';
import { parsePublisherFile, type PublisherFile, publisherFileProblems } from '../publishers/publisher-file.js';
import { parseSourceFile, type SourceRecord } from '../sources/source-file.js';
import { parseTermFile, type TermFile, termFileProblems } from '../taxonomy/term-file.js';

/** Everything in a folder of seeds but its documents. */
export interface SeedFiles {
  readonly publishers: readonly PublisherFile[];
  readonly sources: readonly SourceRecord[];
  readonly terms: readonly TermFile[];
  readonly linkKinds: readonly LinkKindRule[];
}

const DATA_FILE = /\.ya?ml$/;

/** Reads and checks the data files of a folder of seeds. Throws DataFileError naming file, path and reason. */
export async function readSeedFiles(folder: string): Promise<SeedFiles> {
  await readable(folder);
  const each = async <T>(
    path: string,
    parse: (text: string, fileName: string) => T,
    problemsOf: (files: readonly { readonly fileName: string; readonly file: T }[]) => string[],
  ): Promise<T[]> => {
    const names = ((await readdir(join(folder, path)).catch(absent)) ?? [])
      .filter((name) => DATA_FILE.test(name))
      .sort();
    const files = await Promise.all(
      names.map(async (name) => {
        const fileName = join(path, name);
        return { fileName, file: parse(await readFile(join(folder, fileName), 'utf8'), fileName) };
      }),
    );
    const problems = problemsOf(files);
    if (problems.length > 0) throw new DataFileError(problems.join('\n'));
    return files.map(({ file }) => file);
  };
  const one = async <T>(
    path: string,
    parse: (text: string, fileName: string) => readonly T[],
  ): Promise<readonly T[]> => {
    const text = await readFile(join(folder, path), 'utf8').catch(absent);
    return text === null ? [] : parse(text, path);
  };
  return {
    publishers: await each('publishers', parsePublisherFile, publisherFileProblems),
    sources: await one('sources.yaml', parseSourceFile),
    terms: await each('terms', parseTermFile, termFileProblems),
    linkKinds: await one('links.yaml', parseLinkKindFile),
  };
}

/** What readers need to understand documents: the wrappers and link kinds of a folder of seeds. */
export function knowledgeOf(files: SeedFiles): ReadingKnowledge {
  return compileKnowledge(files);
}

/** Reads a data file's bytes. Throws ColophonError when that is not possible. */
export async function readDataFile(path: string): Promise<Buffer> {
  const kind = await readable(path);
  if (kind.isDirectory()) throw new ColophonError(`${path} is a folder; name a file.`);
  try {
    return await readFile(path);
  } catch (error) {
    throw new ColophonError(`${path} can not be read (${codeOf(error)}).`);
  }
}

async function readable(path: string): ReturnType<typeof stat> {
  try {
    return await stat(path);
  } catch (error) {
    throw new ColophonError(
      codeOf(error) === 'ENOENT' ? `There is no ${path}.` : `${path} can not be read (${codeOf(error)}).`,
    );
  }
}

/** What is not there is left out; what is there and can not be read is said. */
function absent(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw new ColophonError(`The folder of seeds can not be read (${codeOf(error)}).`);
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown reason';
}
