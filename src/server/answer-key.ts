import type { IncomingHttpHeaders } from 'node:http';
import { encodingFor } from './deliver-answer.js';

/** A request as far as its headers have been read. */
export interface AskedHead {
  readonly method?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** Longer requests are rare, and so is their being asked twice. */
export const KEY_LENGTH_MAX = 16_384;

/** Whether somebody asks in particular: what they are answered is nobody else's. */
export function hasCredentials({ headers }: AskedHead): boolean {
  return headers.authorization !== undefined || headers.cookie !== undefined;
}

/** Under which an answer is kept: what was sent, as a body or in the address, and the headers that an answer depends on. */
export function answerKeyOf(request: AskedHead, sent: string): string {
  const { accept = '', 'accept-language': language = '' } = request.headers;
  return `${request.method ?? ''}\n${accept}\n${language}\n${encodingFor(request)}\n${sent}`;
}
