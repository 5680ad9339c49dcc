import { IncomingMessage } from 'node:http';

/**
 * A request that leaves HTTP for a web socket only. Whatever else it offers to go on with, as Java's client offers
 * HTTP/2 with every request, is passed over, and it is answered like any other.
 */
export class UpgradableRequest extends IncomingMessage {
  #isOffered = false;

  /** Set by Node when the headers have been read; asked by Node before it hands the connection over. */
  set upgrade(isOffered: boolean | null) {
    this.#isOffered = isOffered === true;
  }

  get upgrade(): boolean {
    return this.#isOffered && this.headers.upgrade?.toLowerCase() === 'websocket';
  }
}
