import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { ColophonError } from '../common/colophon-error.js';

/** Longer input is no password: it is not read to its end. */
const INPUT_LENGTH_MAX = 10_000;

/**
 * A password, asked for on a terminal twice and without showing it; elsewhere the first line of standard input.
 * Never an argument, which everybody on the machine could read. Throws ColophonError when there is none.
 */
export async function askPassword(): Promise<string> {
  const password = process.stdin.isTTY ? await askTwice() : await firstLine(process.stdin);
  if (password === '') throw new ColophonError('There is no password: type one, or send it to standard input.');
  return password;
}

async function askTwice(): Promise<string> {
  const password = await askHidden('Password: ');
  if ((await askHidden('Again: ')) !== password) throw new ColophonError('The two passwords are not the same.');
  return password;
}

async function askHidden(prompt: string): Promise<string> {
  process.stderr.write(prompt);
  const nowhere = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  const given = new AbortController();
  terminal.once('SIGINT', () => {
    given.abort();
  });
  try {
    return await terminal.question('', { signal: given.signal });
  } catch {
    throw new ColophonError('No password was given.');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}

async function firstLine(input: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  input.setEncoding('utf8');
  for await (const chunk of input) {
    text += String(chunk);
    if (text.includes('\n') || text.length > INPUT_LENGTH_MAX) break;
  }
  return (text.split('\n', 1)[0] ?? '').replace(/\r$/, '');
}
