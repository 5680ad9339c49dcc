import { useSyncExternalStore } from 'react';
import { DeskSession, type SessionState } from './desk-session.js';

/** Who is signed in in this tab. */
export const session = new DeskSession();

/** The same for what is drawn. */
export function useSession(): SessionState {
  return useSyncExternalStore(session.watch, () => session.state);
}

/** Begins, and has the session go along with what its owner does: work keeps it, coming back has it looked at. */
export function beginSession(): void {
  void session.begin();
  for (const event of ['keydown', 'pointerdown']) {
    document.addEventListener(event, () => void session.refreshIfDue(), { passive: true });
  }
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void session.look();
  });
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) session.reread();
  });
  addEventListener('hashchange', () => void session.begin());
}
