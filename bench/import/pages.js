import { Random } from './random.js';
import { EN, FIRST_NAMES, FR, LAST_NAMES, ODD_LABELS, placeName, SOURCES } from './words.js';

const MONTHS = {
  en: ['January', 'February', 'March', 'April', 'May', 'June'].concat([
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ]),
  fr: ['janvier', 'février', 'mars', 'avril', 'mai', 'juin'].concat([
    'juillet',
    'août',
    'septembre',
    'octobre',
    'novembre',
    'décembre',
  ]),
};

/** Pages of the publishers whose wrappers are known: the same for the same seed and place, byte for byte. */
export class PageMaker {
  #seed;
  #wrappers;
  #labels;

  /** `knowledge` and `terms` are those of the folder of seeds: pages are written by the wrappers' own patterns. */
  constructor(seed, knowledge, terms) {
    this.#seed = seed;
    this.#wrappers = knowledge.wrappers;
    this.#labels = new Map(terms.map(({ scheme, terms: list }) => [scheme, list.map(({ labels }) => labels)]));
  }

  /**
   * `shortened` divides the length of the text: drills want many small pages. `oddLabels` is the share of pages with
   * a label that no list of terms has.
   */
  page(place, { shortened = 1, oddLabels = 0.03 } = {}) {
    const random = new Random(Math.imul(this.#seed, 0x9e3779b1) + Math.imul(place + 1, 0x85ebca6b));
    // The first numbers of neighbouring seeds are alike.
    for (let i = 0; i < 8; i++) random.next();
    const wrapper = random.pick(this.#wrappers);
    return new Page(random, wrapper, this.#labels, { place, shortened, oddLabels }).text();
  }
}

class Page {
  #random;
  #wrapper;
  #labels;
  #place;
  #shortened;
  #oddLabels;
  #words;
  #language;

  constructor(random, wrapper, labels, { place, shortened, oddLabels }) {
    this.#random = random;
    this.#wrapper = wrapper;
    this.#labels = labels;
    this.#place = place;
    this.#shortened = shortened;
    this.#oddLabels = oddLabels;
    const isOwnLanguage = wrapper.language === 'en' || random.chance(0.6);
    this.#language = isOwnLanguage ? wrapper.language : 'en';
    this.#words = this.#language === 'fr' ? FR : EN;
  }

  text() {
    const random = this.#random;
    const headline = this.#headline();
    const authors = random.some(PEOPLE, random.chance(0.8) ? 1 : random.between(2, 3));
    const year = random.between(2008, 2023);
    const [month, day] = [random.below(12), random.between(3, 28)];
    const isOwn = random.chance(0.1);
    const source = isOwn ? this.#wrapper.publisher.name : random.pickSkewed(SOURCES);
    const url = isOwn || random.chance(0.4) ? '#' : addressOf(source, year, month, headline);
    const credits = this.#listed(authors);
    const linkedSource = `[${source}](${url})`;
    const values = {
      publisher: this.#wrapper.publisher.name,
      credits,
      publishedOn: this.#date(year, month, day),
      source: linkedSource,
      originPublishedOn: this.#date(year, month, day - random.below(3)),
      regions: this.#terms('REGION', random.between(1, 2)),
      themes: this.#terms('THEME', random.between(1, 3)),
      copyrightAuthor: `[${authors[0]}](#)`,
      copyrightSource: linkedSource,
      copyrightYear: String(year),
    };
    const line = (role) => this.#wrapper.lines.get(role)?.[0]?.write(values) ?? null;
    const blocks = [
      `## ${headline}`,
      line('BYLINE'),
      line('DATELINE'),
      line('ORIGIN_LINE'),
      line('REGION_LINE'),
      line('THEME_LINE'),
      random.chance(0.7) ? `*${this.#sentences(random.between(1, 3))}*` : null,
      ...this.#body(),
      ...(random.chance(0.15) ? this.#closing() : []),
      line('SOURCE_STATEMENT'),
      line('COPYRIGHT_LINE'),
      '---',
      `*${line('CREDITS_LINE')}*`,
      ...this.#clauses(),
    ];
    return `${blocks.filter((block) => block !== null).join('\n\n')}\n`;
  }

  #headline() {
    const random = this.#random;
    const { adjectives, nouns, particles } = this.#words;
    const place = placeName(this.#place);
    const first = `${particles.section} ${random.pick(nouns)} ${random.pick(adjectives)}`;
    const second = `${random.pick(nouns)} ${random.pick(adjectives)}`;
    return random.pick([
      `${place}: ${first} ${particles.and} ${second}`,
      `${first}, ${second}: ${place}`,
      `${place}, ${random.pick(nouns)} ${particles.and} ${random.pick(nouns)}`,
      ...(random.chance(0.1) ? [`Video: ${first} (${place})`] : []),
    ]);
  }

  #date(year, month, day) {
    const { language } = this.#wrapper;
    const name = MONTHS[language][month];
    return language === 'fr' ? `${day} ${name} ${year}` : `${name} ${day}, ${year}`;
  }

  #listed(names) {
    const { conjunction } = this.#wrapper.definition;
    const links = names.map((name) => `[${name}](#)`);
    return links.length < 2 ? links.join('') : `${links.slice(0, -1).join(', ')} ${conjunction} ${links.at(-1)}`;
  }

  #terms(scheme, count) {
    const { language } = this.#wrapper;
    const known = (this.#labels.get(scheme) ?? []).map((labels) => labels[language] ?? '');
    // A comma parts one label from the next.
    const labels = known.filter((label) => label !== '' && !label.includes(','));
    const chosen = this.#random.some(labels, count);
    if (this.#random.chance(this.#oddLabels)) chosen.push(this.#random.pick(ODD_LABELS));
    return chosen.map((label) => `[${label}](#)`).join(', ');
  }

  #clauses() {
    const { publisher, clauses } = this.#wrapper;
    const values = {
      publisher: `[${publisher.name}](#)`,
      legalName: publisher.legalName,
      abbreviation: publisher.abbreviation,
      audienceLabel: this.#wrapper.language === 'fr' ? 'des sites de médias alternatifs' : 'community internet sites',
      email: '[media@globalresearch.ca](mailto:media@globalresearch.ca)',
    };
    const isStated = ({ definition: { key } }) => !key.startsWith('cross-posting-');
    return clauses.filter(isStated).map(({ wordings }, i) => {
      const text = wordings[0]?.write(values) ?? '';
      return i === 0 ? text.replace(/^[^:]{1,40}:/, '**$&**') : text;
    });
  }

  #body() {
    const random = this.#random;
    const isLong = random.chance(0.01);
    const wanted = Math.min(Math.max(random.logNormal(4700, 0.5), 1800), 14_000);
    let left = (isLong ? random.between(20_000, 60_000) : wanted) / this.#shortened;
    const blocks = [];
    while (left > 0) {
      const block = blocks.length === 0 ? this.#paragraph() : this.#block();
      blocks.push(block);
      left -= Buffer.byteLength(block);
    }
    // A heading with nothing below it ends no text.
    if (blocks.at(-1)?.startsWith('#')) blocks.push(this.#paragraph());
    return blocks;
  }

  #block() {
    const random = this.#random;
    const kind = random.next();
    if (kind < 0.8) return this.#paragraph();
    if (kind < 0.88) return `### ${sentenceCase(this.#phrase())}`;
    if (kind < 0.93) return `> ${this.#sentences(random.between(1, 3))}`;
    if (kind < 0.97) return this.#list();
    if (kind < 0.985) return this.#table();
    return `![${this.#phrase()}](https://images.example.org/${random.below(1_000_000)}.jpg)`;
  }

  #paragraph() {
    const random = this.#random;
    const text = this.#sentences(random.between(2, 6));
    if (random.chance(0.12))
      return `${text} ([${this.#phrase()}](https://${slug(this.#phrase())}.example.net/${random.below(9999)}))`;
    if (random.chance(0.1)) return `${text} **${sentenceCase(this.#phrase())}**, *${this.#words.particles.see}*.`;
    return text;
  }

  #list() {
    const random = this.#random;
    const isNumbered = random.chance(0.3);
    const items = Array.from({ length: random.between(3, 6) }, () => this.#sentences(1));
    return items.map((item, i) => `${isNumbered ? `${i + 1}.` : '-'} ${item}`).join('\n');
  }

  #table() {
    const random = this.#random;
    const row = (cells) => `| ${cells.join(' | ')} |`;
    const rows = Array.from({ length: random.between(3, 6) }, () =>
      row([placeName(random.below(60_000)), random.between(1950, 2020), random.below(100_000)]),
    );
    return [row(this.#words.particles.table), row(['---', '---', '---']), ...rows].join('\n');
  }

  #closing() {
    const host = `${placeName(this.#random.below(60_000)).toLowerCase()}.example`;
    return [
      `Please support the project: <https://www.patreon.com/${slug(host)}>`,
      `Visit us: <https://${host}/>`,
      'Follow us on Social Media:',
      `<https://www.facebook.com/${slug(host)}>`,
    ];
  }

  #phrase() {
    const { adjectives, nouns } = this.#words;
    return `${this.#random.pick(nouns)} ${this.#random.pick(adjectives)} ${this.#random.pick(nouns)}`;
  }

  #sentences(count) {
    return Array.from({ length: count }, () => this.#sentence()).join(' ');
  }

  #sentence() {
    const random = this.#random;
    const { openings, sentences, nouns, adjectives, adverbs, verbs } = this.#words;
    const fill = {
      n: () => random.pick(nouns),
      a: () => random.pick(adjectives),
      d: () => random.pick(adverbs),
      v: () => random.pick(verbs),
      p: () => placeName(random.below(60_000)),
      w: () => random.pickSkewed(PEOPLE),
      k: () => String(random.between(2, 900)),
      y: () => String(random.between(1890, 2020)),
    };
    const filled = random.pick(sentences).replaceAll(/\{(\w)\}/g, (_, slot) => fill[slot]());
    return random.chance(0.3) ? `${random.pick(openings)} ${filled}` : sentenceCase(filled);
  }
}

const PEOPLE = FIRST_NAMES.flatMap((first, i) =>
  Array.from({ length: 8 }, (_, j) => `${first} ${LAST_NAMES[(i * 5 + j * 11) % LAST_NAMES.length]}`),
);

function sentenceCase(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function slug(text) {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

function addressOf(source, year, month, headline) {
  return `https://${slug(source)}.example/${year}/${String(month + 1).padStart(2, '0')}/${slug(headline)}`;
}
