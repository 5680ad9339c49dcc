import type { FastifyReply } from 'fastify';
import { Asker } from '../common/asker.js';

/** Watches whether an answer is still waited for: until its time is up, or its connection ends before it has gone out. */
export function askerOf(reply: FastifyReply, timeoutMs: number): Asker {
  const asker = new Asker();
  const deadline = setTimeout(() => {
    asker.leave('LATE');
  }, timeoutMs);
  reply.raw.once('close', () => {
    clearTimeout(deadline);
    if (!reply.raw.writableFinished) asker.leave('GONE');
  });
  return asker;
}
