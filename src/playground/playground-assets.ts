import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  ttf: 'font/ttf',
  woff: 'font/woff',
  woff2: 'font/woff2',
};

/**
 * Serves the files of a built bundle under a path. Only the names that stand in the folder at start are served, so no
 * request can name another file; each name holds a hash of its content, so browsers may keep it for good.
 * A file with a `.gz` beside it goes out compressed to who accepts that.
 */
export function serveAssets(fastify: FastifyInstance, folder: string, path: string): void {
  const files = new Map(
    readdirSync(folder)
      .filter((name) => !name.endsWith('.gz'))
      .map((name) => [name, { file: join(folder, name), isPacked: existsSync(join(folder, `${name}.gz`)) }]),
  );
  const contentOf = keptContents();
  fastify.get<{ Params: { name: string } }>(
    `${path}/:name`,
    async (request: FastifyRequest<{ Params: { name: string } }>, reply: FastifyReply) => {
      const { name } = request.params;
      const found = files.get(name);
      const isPacked = found?.isPacked === true && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
      const content = found && (await contentOf(isPacked ? `${found.file}.gz` : found.file));
      if (content === undefined) {
        reply.callNotFound();
        return reply;
      }
      if (isPacked) void reply.header('content-encoding', 'gzip');
      return reply
        .header('content-type', MEDIA_TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream')
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('vary', 'accept-encoding')
        .send(content);
    },
  );
}

/**
 * Reads files when they are first asked for, and keeps them: however many readers are slow, each file is in memory once.
 * None is sent while it is read, so that what fails is known before anything was said. Undefined for what is gone.
 */
function keptContents(): (file: string) => Promise<Buffer | undefined> {
  const kept = new Map<string, Promise<Buffer | undefined>>();
  return (file) => {
    const content =
      kept.get(file) ??
      readFile(file).catch(() => {
        kept.delete(file);
        return undefined;
      });
    kept.set(file, content);
    return content;
  };
}
