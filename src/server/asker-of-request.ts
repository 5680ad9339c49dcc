import type { FastifyReply } from 'fastify';
import { Asker } from '../common/asker.js';
import type { Deadlines } from '../common/deadlines.js';

/** Watches whether an answer is still waited for: until its time is up, or its connection ends before it has gone out. */
export function askerOf(reply: FastifyReply, deadlines: Deadlines): Asker {
  const asker = new Asker();
  const end = deadlines.start(() => {
    asker.leave('LATE');
  });
  reply.raw.once('close', () => {
    end();
    if (!reply.raw.writableFinished) asker.leave('GONE');
  });
  return asker;
}
