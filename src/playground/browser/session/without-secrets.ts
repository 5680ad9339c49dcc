/** Secrets as this server gives them out. */
const GIVEN_OUT = /(colophon_(?:session|pat|once|code)_)[\w-]{43}/g;

/**
 * A password as somebody writes it into an operation or its variables, within however many layers of JSON. It never goes
 * beyond the JSON string that it begins in.
 */
const PASSWORD = /(password\\*"?\s*:\s*)(\\*")(?:\\.|[^"\\])*?(?<!\\)\2/gi;

/** What GraphiQL would keep for long after tabs are closed, without the secrets that somebody has written into it. */
export function withoutSecrets(text: string): string {
  return text.replace(GIVEN_OUT, '$1…').replace(PASSWORD, '$1$2…$2');
}
