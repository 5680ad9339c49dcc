import { type Answer, type Asked, askServer, isUnauthenticated, ServerAway } from './ask-server.js';
import { CopiedTabs } from './copied-tabs.js';
import { type Credential, keepCredential, keptCredential, type SessionCredential } from './credential.js';
import * as operations from './operations.js';
import { type ComeBack, goToProvider, IDLE_MS, takeComeBack } from './provider.js';

/** A secret that is used is replaced after so long, and in any case well before the session ends for want of use. */
const REFRESH_AFTER_MS = Math.min(15 * 60_000, IDLE_MS / 3);

const OVER = {
  SESSION:
    'Your session is over: it was not used for long, was ended elsewhere, or your account may no longer sign in. ' +
    'What you have written is still here. Sign in again to go on.',
  TOKEN: 'This token does not hold: it is wrong, over or revoked, or its owner may no longer sign in.',
} as const;

/** What is to be seen of who is signed in. */
export interface SessionState {
  readonly kind: Credential['kind'] | null;
  /** Null while the server has not told. */
  readonly me: operations.Me | null;
  /** When the session will be over, however much it is used; null for a token. */
  readonly expiresAt: string | null;
  /** What went wrong, or came to an end, in a sentence. */
  readonly notice: string | null;
  /** Who was signed in last in this tab, to be filled in. */
  readonly email: string;
  readonly isBusy: boolean;
}

const NOBODY: SessionState = { kind: null, me: null, expiresAt: null, notice: null, email: '', isBusy: false };

/** Who is signed in in this tab: every request to the server goes through here. */
export class DeskSession {
  #state = NOBODY;
  #credential: Credential | null = null;
  #refreshing: Promise<void> | null = null;
  readonly #watchers = new Set<() => void>();
  readonly #tabs = new CopiedTabs({
    current: () => this.#session,
    newer: (credential) => {
      this.#hold(credential);
    },
    over: () => {
      this.#forget('You have signed out in another tab.');
    },
  });

  get state(): SessionState {
    return this.#state;
  }

  /** Calls back at each change, until what it gives is called. */
  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Goes on with what the tab had before it was loaded, or with who has come back from the provider. */
  async begin(): Promise<void> {
    const back = takeComeBack();
    this.#hold(keptCredential());
    if (back !== null) return this.#comeBack(back);
    if (this.#session !== null) await this.#tabs.askForNewer(this.#session);
    return this.look();
  }

  /** Asks the server who is signed in, and whether they still are. */
  async look(): Promise<void> {
    if (this.#credential === null) return;
    await this.#work(async () => {
      const { data, errors } = await this.ask<{ desk: { me: operations.Me } | null }>({ query: operations.WHO_AM_I });
      const me = data?.desk?.me;
      if (me !== undefined) this.#set({ me, email: me.email, notice: null });
      else if (this.#credential !== null) this.#set({ notice: errors?.[0]?.message ?? OVER[this.#credential.kind] });
    });
  }

  async signIn(email: string, password: string): Promise<void> {
    this.#set({ email });
    await this.#open(operations.SIGN_IN, { email, password });
  }

  async takeToken(pasted: string): Promise<void> {
    const secret = pasted.trim().replace(/^Bearer\s+/i, '');
    if (!/^colophon_pat_[\w-]+$/.test(secret)) {
      this.#set({ notice: 'A token begins with colophon_pat_. Paste the whole of it.' });
      return;
    }
    this.#hold({ kind: 'TOKEN', secret });
    await this.look();
  }

  async goToProvider(): Promise<void> {
    await goToProvider().catch(() => {
      this.#set({ notice: 'Your browser lets pages do this only over https.' });
    });
  }

  /** Ends the session at the server, too. A token goes on: it is forgotten here. */
  async signOut(): Promise<void> {
    const session = this.#session;
    if (session === null) {
      this.#forget(null);
      return;
    }
    await this.#work(async () => {
      await this.ask({ query: operations.SIGN_OUT });
      this.#tabs.tellOver(session);
      this.#forget(null);
    }, 'The server does not answer, so your session goes on there. Try again; this tab forgets it when you close it.');
  }

  /**
   * Asks the server as who is signed in. `headers` are a visitor's own, and go before ours. Throws ServerAway.
   * An answer that refuses the credentials ends the session here.
   */
  async ask<Data>(asked: Asked, headers: Readonly<Record<string, string>> = {}): Promise<Answer<Data>> {
    await this.refreshIfDue();
    const credential = this.#credential;
    const isOwn = credential !== null && !Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');
    const answer = await askServer<Data>(asked, {
      ...(isOwn ? { authorization: `Bearer ${credential.secret}` } : {}),
      ...headers,
    });
    if (isOwn && isUnauthenticated(answer) && credential.secret === this.#credential?.secret) {
      this.#forget(OVER[credential.kind]);
    }
    return answer;
  }

  /** Asks for what is shown beside the editors; null, with a notice, where it is not to be had. */
  async find<Data>(query: string, variables: object = {}): Promise<Data | null> {
    try {
      const { data, errors } = await this.ask<Data>({ query, variables });
      const message = errors?.[0]?.message;
      // Who is no longer signed in has been told already.
      if (message !== undefined && this.#credential !== null) this.#set({ notice: message });
      return errors === undefined ? (data ?? null) : null;
    } catch (error) {
      if (!(error instanceof ServerAway)) throw error;
      this.#set({ notice: error.message });
      return null;
    }
  }

  /** Gives a session that is in use another secret before it ends: one request, however many ask for it. */
  async refreshIfDue(): Promise<void> {
    const session = this.#session;
    if (session === null || Date.now() - session.since < REFRESH_AFTER_MS) return;
    this.#refreshing ??= this.#refresh(session).finally(() => {
      this.#refreshing = null;
    });
    await this.#refreshing;
  }

  /** Reads again what the tab keeps: the browser may have brought an older state of this page back. */
  reread(): void {
    const kept = keptCredential();
    if (kept?.secret === this.#credential?.secret) return;
    if (kept === null) this.#forget(null);
    else this.#hold(kept);
    void this.look();
  }

  async #refresh(session: SessionCredential): Promise<void> {
    const variables = { secret: session.secret };
    const answer = await askServer<{ result: operations.SignInAnswer }>(
      { query: operations.REFRESH, variables },
      {},
    ).catch(() => null);
    // Whoever asks next learns that the server is away.
    const result = answer?.data?.result;
    if (result === undefined) return;
    if (result.secret !== undefined) {
      const newer = sessionOf(result);
      this.#hold(newer);
      this.#tabs.tellNewer(newer);
      return;
    }
    if (result.code === 'SECRET_REPLACED') await this.#tabs.askForNewer(session);
    if (this.#session?.secret === session.secret) this.#forget(OVER.SESSION);
  }

  async #comeBack(back: ComeBack): Promise<void> {
    if ('problem' in back) {
      this.#set({ notice: operations.providerProblem(back.problem) });
    } else if (back.verifier === null) {
      this.#set({ notice: 'This way of signing in was not begun in this tab. Begin again here.' });
    } else {
      await this.#open(operations.EXCHANGE_CODE, back);
    }
  }

  async #open(query: string, variables: object): Promise<void> {
    await this.#work(async () => {
      const { data, errors } = await askServer<{ result: operations.SignInAnswer }>({ query, variables }, {});
      const result = data?.result;
      if (result?.secret !== undefined) {
        this.#hold(sessionOf(result));
        await this.look();
      } else {
        const notice = result === undefined ? errors?.[0]?.message : operations.inWords(result);
        this.#set({ notice: notice ?? new ServerAway().message });
      }
    });
  }

  async #work(work: () => Promise<void>, whenAway?: string): Promise<void> {
    this.#set({ isBusy: true });
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ServerAway)) throw error;
      this.#set({ notice: whenAway ?? error.message });
    } finally {
      this.#set({ isBusy: false });
    }
  }

  get #session(): SessionCredential | null {
    return this.#credential?.kind === 'SESSION' ? this.#credential : null;
  }

  #hold(credential: Credential | null): void {
    this.#credential = credential;
    keepCredential(credential);
    this.#set({
      kind: credential?.kind ?? null,
      expiresAt: credential?.kind === 'SESSION' ? credential.expiresAt : null,
    });
  }

  #forget(notice: string | null): void {
    this.#hold(null);
    this.#set({ me: null, notice });
  }

  #set(change: Partial<SessionState>): void {
    this.#state = { ...this.#state, ...change };
    for (const watcher of this.#watchers) watcher();
  }
}

function sessionOf({ secret, session }: operations.SignedIn): SessionCredential {
  return { kind: 'SESSION', secret, sessionId: session.id, since: Date.now(), expiresAt: session.expiresAt };
}
