import { setImmediate as nextTurn } from 'node:timers/promises';
import { jest } from '@jest/globals';
import type { Ending } from './server-process.js';

/**
 * Runs a command in this process, without the seconds that a process takes to load the product. One at a time: what it
 * prints and its settings are the process's.
 */
export async function runHere(args: readonly string[], settings: Readonly<Record<string, string>>): Promise<Ending> {
  const { runColophon } = await import('../../src/colophon.js');
  // Node's own warnings, as that its modules in Jest are experimental, wait for the end of a turn: no command has said them.
  await nextTurn();
  const own = { env: process.env, exitCode: process.exitCode };
  process.env = { PATH: own.env.PATH, NO_COLOR: '1', COLOPHON_LOG_FORMAT: 'json', ...settings };
  process.exitCode = 0;
  const [stdout, stderr] = [capture(process.stdout), capture(process.stderr)];
  try {
    await runColophon(args);
    return { status: process.exitCode, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    stdout.restore();
    stderr.restore();
    process.env = own.env;
    process.exitCode = own.exitCode;
  }
}

/** Keeps what is written to a stream, and writes none of it. */
function capture(stream: NodeJS.WriteStream): { text(): string; restore(): void } {
  let text = '';
  const write = jest.spyOn(stream, 'write').mockImplementation((chunk) => {
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    return true;
  });
  return {
    text: () => text,
    restore: () => {
      write.mockRestore();
    },
  };
}
