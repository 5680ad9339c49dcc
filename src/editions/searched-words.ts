/** Stand around the words found until everything else is escaped: private characters, which no searched text keeps. */
export const MARK_START = '\uE000';
export const MARK_END = '\uE001';

/**
 * Cuts a word for Postgres, which takes it for no letter. It is neither seen nor kept: `les` is searched as `le` and `s`,
 * which are stop words both.
 */
const CUT = '\u0001';

const OURS = new RegExp(`[${CUT}${MARK_START}${MARK_END}]`, 'gu');

/** The rest of a word that was found by its first piece. */
const REST = new RegExp(`${MARK_END}${CUT}(\\p{L}+)`, 'gu');

/**
 * French words that Postgres' list of stop words lacks, cut into words that it has, and one that it should not have:
 * aeroplanes are sought more often than `nous avions` is. Texts of all languages are cut alike, so that one search can
 * be made in all of them. Source: the file french.stop of PostgreSQL.
 */
const CUT_WORDS: ReadonlyMap<string, readonly string[]> = new Map(
  ['le|s', 'il|s', 'elle|s', 'leur|s', 'ce|t', 'ce|t|te', 'que|l', 'que|l|s', 'que|l|le', 'que|l|le|s', 'avion|s'].map(
    (pieces) => [pieces.replaceAll('|', ''), pieces.split('|')],
  ),
);

const WORD_TO_CUT = new RegExp(`(?<![\\p{L}\\p{N}])(?:${[...CUT_WORDS.keys()].join('|')})(?![\\p{L}\\p{N}])`, 'giu');

/** Hardly any word has what is cut; this finds out cheaply. */
const MAYBE_CUT = new RegExp(`[-/]|${[...CUT_WORDS.keys()].join('|')}`, 'iu');

/** Between words of two letters or more: `Moyen-Orient`, `COVID-19`, `Gaza/Israël`, but not `S-300` and `a-t-il`. */
const JOINT = /(?<=[\p{L}\p{N}]{2})[-/](?=[\p{L}\p{N}]{2})/gu;

/** Postgres finds addresses as a whole. */
const ADDRESS = /:\/\/|@|^www\./iu;

/**
 * A text as it is searched, and as snippets are taken from it: with cuts, so that words joined by a hyphen or a stroke
 * are found with and without it, and what is left of it is what the reader would expect of stop words.
 */
export function searchedText(text: string): string {
  return cut(text.replace(OURS, ' '));
}

/** Beyond this many characters nobody writes what is sought. */
const SOUGHT_LENGTH_MAX = 1000;

/**
 * What a reader seeks, for `websearch_to_tsquery`, which wants straight quotation marks and plain spaces, and takes a
 * straight apostrophe for something else.
 */
export function soughtText(text: string): string {
  const beginning = text.slice(0, SOUGHT_LENGTH_MAX).toWellFormed().replace(OURS, ' ');
  return cut(
    beginning
      .replace(/\s/gu, ' ')
      .replace(/[“”„«»]/gu, '"')
      .replace(/'/g, '’'),
  );
}

function cut(text: string): string {
  return text.replace(/\S+/gu, (token) =>
    !MAYBE_CUT.test(token) || ADDRESS.test(token)
      ? token
      : token.replace(JOINT, `${CUT}$&${CUT}`).replace(WORD_TO_CUT, cutWord),
  );
}

function cutWord(word: string): string {
  const pieces = CUT_WORDS.get(word.toLowerCase()) ?? [word];
  let end = 0;
  return pieces.map((piece) => word.slice(end, (end += piece.length))).join(CUT);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A snippet as readers see it, in HTML: the words found whole in `<mark>`, without cuts, everything else escaped. */
export function snippetHtml(snippet: string): string {
  return snippet
    .replace(REST, `$1${MARK_END}`)
    .replaceAll(CUT, '')
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '')
    .replaceAll(MARK_START, '<mark>')
    .replaceAll(MARK_END, '</mark>');
}

/** A text without cuts. */
export function withoutCuts(text: string): string {
  return text.replaceAll(CUT, '');
}
