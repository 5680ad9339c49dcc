import { availableParallelism } from 'node:os';
import { Tinypool } from 'tinypool';
import { DocumentRefused } from '../reading/document-refused.js';
import type { IncomingDocument } from '../reading/door/incoming-document.js';
import { compileKnowledge, type KnowledgeSource } from '../reading/reading-knowledge.js';
import type { Refusal } from '../reading/reading.js';
import { type FreshReading, readIncoming } from './read-incoming.js';

/** Reads documents, one at a time or in threads of their own. */
export interface DocumentReading {
  /** Throws DocumentRefused. */
  read(document: IncomingDocument): Promise<FreshReading>;
  close(): Promise<void>;
}

/** Reads in the thread of whoever asks: a few documents are read before a thread has started. */
export function readHere(knowledge: KnowledgeSource): DocumentReading {
  const compiled = compileKnowledge(knowledge);
  return {
    read: (document) => Promise.resolve().then(() => readIncoming(document, compiled)),
    close: () => Promise.resolve(),
  };
}

/** What a thread answers: errors lose their class on their way. */
export type ThreadAnswer = { readonly read: FreshReading } | { readonly refusal: Refusal };

/** Reads in as many threads as there are processors: the database and the thread that writes to it wait often. */
export function readInThreads(knowledge: KnowledgeSource): DocumentReading {
  const pool = new Tinypool({
    filename: new URL('./reading-thread.js', import.meta.url).href,
    minThreads: 1,
    maxThreads: availableParallelism(),
    // What is left of one page is thrown away before the next: without it threads keep hundreds of megabytes.
    resourceLimits: { maxYoungGenerationSizeMb: 32 },
    workerData: JSON.parse(JSON.stringify(knowledge)) as KnowledgeSource,
  });
  return {
    read: async (document) => {
      // A copy of its own: what it came in may hold other bytes too, and they would all go along.
      const bytes = new Uint8Array(document.bytes);
      const options = { name: 'readInThread', transferList: [bytes.buffer] };
      const answer = (await pool.run({ ...document, bytes }, options)) as ThreadAnswer;
      if ('refusal' in answer) throw new DocumentRefused(answer.refusal);
      return answer.read;
    },
    close: () => pool.destroy(),
  };
}
