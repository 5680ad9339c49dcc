import type { SessionCredential } from './credential.js';

/** How long a tab that was opened again waits for another one that knows better. */
const PATIENCE_MS = 150;

type Message =
  | { readonly kind: 'WHO_HAS'; readonly sessionId: string }
  | { readonly kind: 'NEWER'; readonly credential: SessionCredential }
  | { readonly kind: 'OVER'; readonly sessionId: string };

/** What a tab does when others tell it something. */
export interface TabListener {
  /** What this tab has. */
  current(): SessionCredential | null;
  /** Another tab has the same session, by a newer secret. */
  newer(credential: SessionCredential): void;
  /** Another tab has ended the same session. */
  over(): void;
}

/**
 * Keeps tabs with one session together. Browsers copy what a tab keeps when it is duplicated: if then one of the two
 * refreshed alone, the other's secret would be taken for stolen, and the session would end for both.
 */
export class CopiedTabs {
  readonly #channel = new BroadcastChannel('colophon.session');

  constructor(private readonly listener: TabListener) {
    this.#channel.onmessage = ({ data }: MessageEvent<Message>) => {
      this.#receive(data);
    };
  }

  tellNewer(credential: SessionCredential): void {
    this.#tell({ kind: 'NEWER', credential });
  }

  tellOver({ sessionId }: SessionCredential): void {
    this.#tell({ kind: 'OVER', sessionId });
  }

  /** Asks the others for a newer secret, and waits a moment: `newer` is called before this resolves. */
  async askForNewer({ sessionId }: SessionCredential): Promise<void> {
    this.#tell({ kind: 'WHO_HAS', sessionId });
    await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  }

  #tell(message: Message): void {
    this.#channel.postMessage(message);
  }

  #receive(message: Message): void {
    const own = this.listener.current();
    const sessionId = message.kind === 'NEWER' ? message.credential.sessionId : message.sessionId;
    if (own?.sessionId !== sessionId) return;
    if (message.kind === 'WHO_HAS') this.tellNewer(own);
    else if (message.kind === 'OVER') this.listener.over();
    else if (message.credential.since > own.since) this.listener.newer(message.credential);
  }
}
