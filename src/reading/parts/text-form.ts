import type { TextForm } from './part-layout.js';

const LINE_ENDS = { LF: '\n', CRLF: '\r\n', CR: '\r' } as const;
type LineEnd = keyof typeof LINE_ENDS;

const NAMES: Readonly<Record<string, LineEnd>> = { '\n': 'LF', '\r\n': 'CRLF', '\r': 'CR' };

/** A text in the form in which readers take it, and the form that it came in. */
export interface FormedText {
  /** Lines end in LF, and accents are part of their letters where the whole text has them apart. */
  readonly text: string;
  readonly form: TextForm;
}

/** Takes a text's form out of it. `restoreForm` gives the same text back to the letter. */
export function takeForm(
  original: string,
  { hasByteOrderMark, charset }: Pick<TextForm, 'hasByteOrderMark' | 'charset'>,
): FormedText {
  const ends = Array.from(original.matchAll(/\r\n|\r|\n/g), ([end]) => NAMES[end] ?? 'LF');
  const kinds = new Set(ends);
  const [only = 'LF'] = kinds;
  const lineEnding = kinds.size > 1 ? 'MIXED' : only;
  const lines = original.replace(/\r\n?/g, '\n');
  const composed = lines.normalize('NFC');
  const normalForm = composed === lines ? 'NFC' : composed.normalize('NFD') === lines ? 'NFD' : 'MIXED';
  return {
    text: normalForm === 'NFD' ? composed : lines,
    form: {
      ...(charset === undefined ? {} : { charset }),
      hasByteOrderMark,
      lineEnding,
      normalForm,
      ...(lineEnding === 'MIXED' ? { lineEnds: ends } : {}),
    },
  };
}

/** Puts a text back into its form. */
export function restoreForm(text: string, form: TextForm): string {
  const accents = form.normalForm === 'NFD' ? text.normalize('NFD') : text;
  if (form.lineEnding === 'LF') return accents;
  let line = 0;
  return accents.replace(/\n/g, () => {
    const end = form.lineEnding === 'MIXED' ? form.lineEnds?.[line++] : form.lineEnding;
    return LINE_ENDS[end ?? 'LF'];
  });
}

const MARK = /\p{M}/u;

/**
 * Finds places of the formed text in the original one. Offsets are UTF-16 units.
 * Line ends and accents take more room there.
 */
export function originalOffsets({ text, form }: FormedText): (offset: number) => number {
  const isDecomposed = form.normalForm === 'NFD';
  if (!isDecomposed && (form.lineEnding === 'LF' || form.lineEnding === 'CR')) return (offset) => offset;
  const offsets = new Uint32Array(text.length + 1);
  let line = 0;
  let at = 0;
  for (let i = 0; i < text.length;) {
    // A letter and the marks on it are one: their order may differ there.
    let next = i + 1;
    while (next < text.length && MARK.test(text.charAt(next))) next++;
    offsets.fill(at, i, next);
    const piece = text.slice(i, next);
    const end = form.lineEnding === 'MIXED' ? form.lineEnds?.[line] : form.lineEnding;
    if (piece.startsWith('\n')) {
      line++;
      if (end === 'CRLF') at++;
    }
    at += isDecomposed ? piece.normalize('NFD').length : piece.length;
    i = next;
  }
  offsets[text.length] = at;
  return (offset) => offsets[offset] ?? at;
}
