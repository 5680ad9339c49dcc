import { createReadStream, existsSync, readdirSync } from 'node:fs';
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
  fastify.get<{ Params: { name: string } }>(
    `${path}/:name`,
    (request: FastifyRequest<{ Params: { name: string } }>, reply: FastifyReply) => {
      const { name } = request.params;
      const found = files.get(name);
      if (!found) {
        reply.callNotFound();
        return;
      }
      const isPacked = found.isPacked && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
      if (isPacked) void reply.header('content-encoding', 'gzip');
      void reply
        .header('content-type', MEDIA_TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream')
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('vary', 'accept-encoding')
        .send(createReadStream(isPacked ? `${found.file}.gz` : found.file));
    },
  );
}
