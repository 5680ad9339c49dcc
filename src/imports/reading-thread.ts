import 'reflect-metadata';
import Tinypool from 'tinypool';
import { DocumentRefused } from '../reading/document-refused.js';
import type { IncomingDocument } from '../reading/door/incoming-document.js';
import { compileKnowledge, type KnowledgeSource } from '../reading/reading-knowledge.js';
import { readIncoming } from './read-incoming.js';
import type { ThreadAnswer } from './reading-pool.js';

const compiled = compileKnowledge(Tinypool.workerData as KnowledgeSource);

/** Reads a document in a thread of its own. */
export function readInThread(document: IncomingDocument): ThreadAnswer {
  try {
    // Bytes arrive without the methods of a Buffer.
    return { read: readIncoming({ ...document, bytes: Buffer.from(document.bytes.buffer) }, compiled) };
  } catch (error) {
    if (error instanceof DocumentRefused) return { refusal: error.refusal };
    throw error;
  }
}
