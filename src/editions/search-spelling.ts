import { foldLabel } from '../common/fold-label.js';
import type { ReadQuery } from '../database/read-pool.js';
import { SEARCH_CONFIGURATIONS } from './search-configurations.js';
import { soughtText, withoutCuts } from './searched-words.js';

/** A word of a search that no text has, and one like it that a headline or a name has. */
export interface LikelyWord {
  /** Folded, as the other is. */
  readonly sought: string;
  readonly likely: string;
  /** A headline and names with the likely word, as it is written there. */
  readonly sample: string;
}

/** Of a whole sentence, nobody wants every word to be guessed. */
const WORDS_MAX = 8;

/** Shorter words are like too many others: `Iran` and `Irak`. */
const LENGTH_MIN = 5;
const LENGTH_MAX = 40;

/** Longer words have so many letters that trigrams find what has two of them in each other's place. */
const SWAPPED_LENGTH_MAX = 15;

/** So many texts are looked through for a likely word. */
const TEXTS_MAX = 300;

/** As pg_trgm counts; `palmira` and `palmyra` have 0.45. */
const SIMILARITY_MIN = 0.4;

/** What a search demands or, after `-`, leaves out: phrases and words. */
const PART = /-?"[^"]*"?|\S+/gu;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** The words of a search that may be misspelt, folded, each once. */
export function wordsToSpell(text: string): string[] {
  const words = new Set<string>();
  spell(text, (word) => {
    const folded = foldLabel(word);
    if (folded.length >= LENGTH_MIN && folded.length <= LENGTH_MAX && !folded.includes(' ')) words.add(folded);
    return word;
  });
  return [...words].slice(0, WORDS_MAX);
}

/** A search with likely words for those that no text has; null where there are none. */
export function spelledWith(text: string, likely: readonly LikelyWord[]): string | null {
  if (likely.length === 0) return null;
  return spell(text, (word) => {
    const found = likely.find(({ sought }) => sought === foldLabel(word));
    return found === undefined ? word : writtenAs(found);
  });
}

function spell(text: string, respell: (word: string) => string): string {
  return withoutCuts(soughtText(text)).replace(PART, (part) =>
    part.startsWith('-') ? part : part.replace(WORD, respell),
  );
}

function writtenAs({ likely, sample }: LikelyWord): string {
  return sample.match(WORD)?.find((word) => foldLabel(word) === likely) ?? likely;
}

/**
 * Finds for each of these words that no text has one that a headline or a name has: where two letters have changed places, else
 * the one most like it.
 */
export function likelyWordsQuery(words: readonly string[]): ReadQuery {
  const isIn = (vector: string, word: string): readonly string[] =>
    SEARCH_CONFIGURATIONS.map(
      (name) =>
        `select article_id, language from article_search s where s.configuration = 'public.${name}'::regconfig ` +
        `and s.${vector} @@ plainto_tsquery('public.${name}', ${word})`,
    );
  const isStopWord = SEARCH_CONFIGURATIONS.map((name) => `numnode(plainto_tsquery('public.${name}', w.sought)) = 0`);
  const isKnown = [...isStopWord, ...isIn('document', 'w.sought').map((rows) => `exists (${rows})`)].join(' or ');
  return {
    text: `
      select w.sought, coalesce(s.likely, l.likely) as likely, coalesce(s.sample, l.sample) as sample
      from (select * from unnest($1::text[], $2::text[]) as w (sought, swapped) where not (${isKnown}) offset 0) w
      left join lateral (
        select v.likely, t.headline || ' ' || t.names as sample
        from unnest(string_to_array(w.swapped, ' ')) with ordinality as v (likely, place)
        cross join lateral (${isIn('head', 'v.likely').join(' union all ')} limit ${TEXTS_MAX}) h
        join article_search_text t on t.article_id = h.article_id and t.language = h.language and strpos(t.folded, v.likely) > 0
        order by v.place, t.article_id limit 1
      ) s on true
      left join lateral (
        select f.likely, min(t.headline || ' ' || t.names) as sample
        from (select * from article_search_text t where w.sought <% t.folded limit ${TEXTS_MAX}) t
        cross join lateral regexp_split_to_table(t.folded, ' ') as f (likely)
        where s.likely is null and similarity(f.likely, w.sought) >= ${SIMILARITY_MIN}
        group by f.likely
        order by similarity(f.likely, w.sought) desc, count(*) desc, f.likely
        limit 1
      ) l on true
      where coalesce(s.likely, l.likely) is not null`,
    values: [words, words.map((word) => (word.length > SWAPPED_LENGTH_MAX ? '' : swapped(word).join(' ')))],
  };
}

/** A word with each two letters beside each other in each other's place. */
function swapped(word: string): string[] {
  const letters = [...word];
  const words = letters.slice(1).map((letter, i) =>
    letters
      .with(i, letter)
      .with(i + 1, letters[i] ?? '')
      .join(''),
  );
  return words.filter((other) => other !== word);
}
