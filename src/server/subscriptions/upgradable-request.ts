import { IncomingMessage } from 'node:http';

/**
 * A request that leaves HTTP for a web socket only. Whatever else it offers to go on with, as Java's client offers
 * HTTP/2 with every request, is passed over, and it is answered like any other.
 */
export class UpgradableRequest extends IncomingMessage {
  /** Declared alone: Node sets it before the fields of this class are. */
  declare private isOffered: boolean;

  /** Set by Node when the headers have been read. */
  set upgrade(isOffered: boolean | null) {
    this.isOffered = isOffered === true;
  }

  /** Asked by Node before it hands the connection over. */
  get upgrade(): boolean {
    return this.isOffered && this.method === 'GET' && this.headers.upgrade?.toLowerCase() === 'websocket';
  }
}
