import { LRUCache } from 'lru-cache';
import type { LanguageTag } from './language-tag.js';
import { type DateParts, isPossibleDate, parsePartialDate, type PartialDate, toPartialDate } from './partial-date.js';

/** What a written date turned out to be: a date, or words that look like one and mean none (31 février 2016). */
export type WrittenDate = { readonly date: PartialDate } | { readonly impossible: string };

/** The forms in which a language writes a date, each a pattern with the groups `day`, `month` and `year`. */
interface DateForms {
  readonly months: ReadonlyMap<string, number>;
  readonly forms: readonly string[];
  /** Finds any of the forms, without named groups. */
  readonly pattern: string;
}

const DAY = '(?<day>\\d{1,2})';
const MONTH = '(?<month>(?:\\p{L}\\p{M}*){3,12})\\.?';
const YEAR = '(?<year>\\d{4})';

/** Day, month and year in this order in most languages; English writes the month first too. */
const DAY_MONTH_YEAR = [`${DAY}\\s+${MONTH}\\s+${YEAR}`, `${MONTH}\\s+${YEAR}`];
const FORMS: Readonly<Record<string, readonly string[]>> = {
  fr: [`${DAY}(?:\\s*er)?\\s+${MONTH}\\s+${YEAR}`, `${MONTH}\\s+${YEAR}`],
  en: [
    `${MONTH}\\s+${DAY}(?:st|nd|rd|th)?,?\\s+${YEAR}`,
    `${DAY}(?:st|nd|rd|th)?(?:\\s+of)?\\s+${MONTH},?\\s+${YEAR}`,
    `${MONTH},?\\s+${YEAR}`,
  ],
};

/** `Février` → `fevrier`: month names are compared without case and accents, as pages write them either way. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\.$/, '');
}

/** The letters with accents of Latin scripts. */
const ACCENTED = Array.from({ length: 0x24f - 0xe0 }, (_, i) => String.fromCharCode(0xe0 + i)).filter(
  (letter) => letter === letter.toLowerCase() && fold(letter) !== letter,
);

/** An accent apart from its letter. `\p{M}` says more than Latin scripts need, and costs much where it stands often. */
const ACCENT = '[\u0300-\u036f]';

/** Short names that pages use beside those of CLDR. */
const FURTHER_MONTHS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  en: { sept: 9 },
  fr: { sept: 9, fev: 2 },
};

const known = new Map<string, DateForms>();

function formsOf(language: LanguageTag): DateForms {
  const base = language.split('-')[0] ?? language;
  const cached = known.get(base);
  if (cached !== undefined) return cached;
  const months = new Map<string, number>();
  for (const style of ['long', 'short'] as const) {
    const format = new Intl.DateTimeFormat(base, { month: style, timeZone: 'UTC' });
    for (let month = 1; month <= 12; month++) {
      months.set(fold(format.format(Date.UTC(2000, month - 1, 1))), month);
    }
  }
  for (const [name, month] of Object.entries(FURTHER_MONTHS[base] ?? {})) months.set(name, month);
  const forms = FORMS[base] ?? DAY_MONTH_YEAR;
  const month = [...months.keys()].map(anySpelling).join('|');
  const pattern = forms.map((form) => form.replace(MONTH, `(?:${month})\\.?`).replace(/\?<\w+>/g, '?:')).join('|');
  const made = { months, forms, pattern };
  known.set(base, made);
  return made;
}

/**
 * A regular expression's source that finds a date written in the language, possible or not, without named groups:
 * `30 mars 2016`, `1er avril 2016`, `mars 2016`; `March 30, 2016`, `28 March 2016`. Other words are no months:
 * `Dossier Syrie 2016` has no date.
 */
export function writtenDatePattern(language: LanguageTag): string {
  return formsOf(language).pattern;
}

/** A folded name as a pattern that fits it with any accents and in any case: `fevrier` fits `Février`. */
function anySpelling(folded: string): string {
  return Array.from(folded, (letter) => {
    if (!/\p{L}/u.test(letter)) return letter.replace(/[^\p{N}\s]/gu, '\\$&');
    const accented = ACCENTED.filter((other) => fold(other) === letter).join('');
    return `[${letter}${letter.toUpperCase()}${accented}${accented.toUpperCase()}]${ACCENT}*`;
  }).join('');
}

/**
 * Reads a date written in the language, or null for what is no date at all.
 * A month that the language does not know gives null; a day that the month does not have is `impossible`.
 */
export function readWrittenDate(text: string, language: LanguageTag): WrittenDate | null {
  const { forms, months } = formsOf(language);
  for (const form of forms) {
    const groups = new RegExp(`^(?:${form})$`, 'iu').exec(text.trim())?.groups;
    if (groups === undefined) continue;
    const month = months.get(fold(groups.month ?? ''));
    if (month === undefined) continue;
    const parts: DateParts = {
      year: Number(groups.year),
      month,
      day: groups.day === undefined ? null : Number(groups.day),
    };
    return isPossibleDate(parts) ? { date: toPartialDate(parts) } : { impossible: text.trim() };
  }
  return null;
}

/** Making a format takes longer than formatting with it. */
const formats = new LRUCache<string, Intl.DateTimeFormat>({ max: 100 });

/** How the language writes a date as exact as this one. */
function formatOf({ month, day }: DateParts, language: LanguageTag): Intl.DateTimeFormat {
  const key = `${language} ${month === null ? 'year' : day === null ? 'month' : 'day'}`;
  const options: Intl.DateTimeFormatOptions = { year: 'numeric', timeZone: 'UTC' };
  if (month !== null) options.month = 'long';
  if (day !== null) options.day = 'numeric';
  const format = formats.get(key) ?? new Intl.DateTimeFormat(language, options);
  formats.set(key, format);
  return format;
}

/** Whether dates can be written in the language: CLDR knows how. */
export function isDateLanguage(language: LanguageTag): boolean {
  return Intl.DateTimeFormat.supportedLocalesOf(language).length > 0;
}

/**
 * Writes a date as the language does: `30 mars 2016`, `1er avril 2016`, `March 30, 2016`, `mars 2016`, `2016`.
 * French has `1er` for the first of a month, which CLDR's patterns leave out.
 */
export function writeDate(date: PartialDate, language: LanguageTag): string {
  const parts = parsePartialDate(date);
  if (parts === null) return date;
  const instant = new Date(0);
  instant.setUTCFullYear(parts.year, (parts.month ?? 1) - 1, parts.day ?? 1);
  const written = formatOf(parts, language).format(instant);
  return parts.day === 1 && /^fr\b/.test(language) ? written.replace(/^1(?= )/, '1er') : written;
}

/**
 * The forms in which pages write a date, by name, the usual one first with an empty name. English pages put the day
 * first as often as the month.
 */
export function dateForms(date: PartialDate, language: LanguageTag): [form: string, text: string][] {
  const usual = writeDate(date, language);
  const parts = parsePartialDate(date);
  if (parts?.day == null || parts.month === null) return [['', usual]];
  const month = writeDate(toPartialDate({ ...parts, day: null }), language).replace(/\s*\d+$/, '');
  return [
    ['', usual],
    ['DAY_FIRST', `${parts.day} ${month} ${parts.year}`],
    ['FIRST_APART', `${parts.day === 1 ? '1 er' : parts.day} ${month} ${parts.year}`],
    // As machines write it.
    ['ISO', date],
  ];
}
