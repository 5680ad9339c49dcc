import { withoutSecrets } from './without-secrets.js';

/** Where GraphiQL remembers tabs and history: in the browser, but for secrets. */
export const CAREFUL_STORAGE = {
  get length(): number {
    return localStorage.length;
  },
  getItem: (key: string): string | null => localStorage.getItem(key),
  removeItem: (key: string): void => {
    localStorage.removeItem(key);
  },
  clear: (): void => {
    localStorage.clear();
  },
  setItem: (key: string, value: string): void => {
    localStorage.setItem(key, withoutSecrets(value));
  },
};
