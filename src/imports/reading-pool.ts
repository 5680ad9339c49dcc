import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Tinypool } from 'tinypool';
import { DocumentRefused } from '../documents/document-refused.js';
import type { IncomingDocument } from '../documents/incoming-document.js';
import { compileKnowledge, type KnowledgeSource } from '../documents/reading-knowledge.js';
import type { Refusal } from '../documents/reading.js';
import { type ReadResult, readIncoming } from './read-incoming.js';

/** Reads documents, one at a time or in threads of their own. */
export interface DocumentReading {
  /** Throws DocumentRefused. */
  read(document: IncomingDocument): Promise<ReadResult>;
  close(): Promise<void>;
}

/** Reads in the thread of whoever asks: for a few documents, which are read before a thread has started. */
export function readHere(knowledge: KnowledgeSource): DocumentReading {
  const compiled = compileKnowledge(knowledge);
  return {
    read: (document) => Promise.resolve().then(() => readIncoming(document, compiled, randomUUID())),
    close: () => Promise.resolve(),
  };
}

/** What a thread answers: errors lose their class on their way. */
export type ThreadAnswer = { readonly read: ReadResult } | { readonly refusal: Refusal };

/** Reads in as many threads as leave a processor to the database. */
export function readInThreads(knowledge: KnowledgeSource): DocumentReading {
  const pool = new Tinypool({
    filename: new URL('./reading-thread.js', import.meta.url).href,
    minThreads: 1,
    maxThreads: Math.max(1, availableParallelism() - 1),
    workerData: JSON.parse(JSON.stringify(knowledge)) as KnowledgeSource,
  });
  return {
    read: async (document) => {
      const answer = (await pool.run(document, { name: 'readInThread' })) as ThreadAnswer;
      if ('refusal' in answer) throw new DocumentRefused(answer.refusal);
      return answer.read;
    },
    close: () => pool.destroy(),
  };
}
