import { execFileSync } from 'node:child_process';
import { arch, cpus, freemem, loadavg, platform, totalmem } from 'node:os';

/** The least ratio of the import's rate to the bare script's, and the most that memory may grow from fewer to more. */
const AIMS = { ratio: 0.5, growth: 1.3 };

const MB = 1024 * 1024;

const number = (value, digits = 1) =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

function table(head, rows) {
  const cells = [head, ...rows];
  const widths = head.map((_, i) => Math.max(3, ...cells.map((row) => row[i].length)));
  // The first column is words, the others are figures.
  const line = (row) =>
    `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

/** The state of the sources that a build is of, as Git names it; null where nobody knows. */
export function nameOfSources() {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty=, with changes', '--exclude=*'], {
      encoding: 'utf8',
    }).trim();
  } catch {
    return null;
  }
}

const mean = (values) => values.reduce((all, value) => all + value, 0) / values.length;

/** A page with the figures of one run. */
export function reportText({ sources, version, sizes, statements, profile, seed, isOwnPostgres }) {
  const rate = ({ count }, { seconds }) => count / seconds;
  const bareRate = (size) => size.count / mean(size.bare.map(({ seconds }) => seconds));
  const ratio = (size) => rate(size, size.seed) / bareRate(size);
  const each = (name, value) => [name, ...sizes.map(value)];
  const perDocument = (seconds, { count }) => (seconds === null ? 'unknown' : `${number((seconds * 1000) / count)} ms`);
  const [least, most] = [sizes[0], sizes.at(-1)];
  const growth = most.seed.peakBytes / least.seed.peakBytes;
  const rows = [
    each('bytes of a page, on average', ({ bytes, count }) => number(bytes / count, 0)),
    each('bare script, documents a second', (size) => number(bareRate(size))),
    each('— before and after the import', (size) => size.bare.map((run) => number(rate(size, run))).join(' and ')),
    each('**import, documents a second**', (size) => `**${number(rate(size, size.seed))}**`),
    each('**import to bare script**', (size) => `**${number(ratio(size), 2)}**`),
    each('peak resident set of the import', ({ seed: { peakBytes } }) => `${number(peakBytes / MB, 0)} MB`),
    each('processor time of the import, a document', (size) => perDocument(size.seed.processorSeconds, size)),
    each('processor time of Postgres, a document', (size) => perDocument(size.seed.postgresSeconds, size)),
    each('processor time of the bare script, a document', (size) =>
      perDocument(mean(size.bare.map(({ processorSeconds }) => processorSeconds)), size),
    ),
    each('processors that others had during the import', ({ seed: { others } }) =>
      others === null ? 'unknown' : number(others),
    ),
    each('— and during the bare script', ({ bare }) =>
      bare.some(({ others }) => others === null) ? 'unknown' : bare.map(({ others }) => number(others)).join(' and '),
    ),
    each('second run, nothing to do, documents a second', (size) => number(rate(size, size.again))),
    each('`verify`, documents a second', (size) => number(rate(size, size.verify))),
    each('database, a document', ({ databaseBytes, count }) => `${number(databaseBytes / count / 1024)} kB`),
  ];
  const judged = [
    [
      `import to bare script, ${number(most.count, 0)} documents`,
      `≥ ${AIMS.ratio}`,
      number(ratio(most), 2),
      ratio(most) >= AIMS.ratio,
    ],
    [
      `peak resident set, ${number(most.count, 0)} to ${number(least.count, 0)} documents`,
      `≤ ${AIMS.growth}`,
      number(growth, 2),
      growth <= AIMS.growth,
    ],
  ];
  const blocks = [
    '# Import at scale',
    'Written by `npm run bench:import`: every figure is from one run of it, none by hand.',
    [
      `- **When**: ${new Date().toISOString().slice(0, 10)}, ${sources === null ? 'sources of no known commit' : `commit ${sources}`}.`,
      `- **Machine**: ${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, ${number(totalmem() / MB / 1024, 0)} GB memory` +
        ` (${number(freemem() / MB / 1024, 0)} GB free at the end), ${platform()} ${arch()}; load in the last quarter of an hour ${number(loadavg()[2])}.`,
      `- **Software**: Node ${process.version}, Postgres ${version}${isOwnPostgres ? ', embedded, with the settings that it always has' : ' at DATABASE_URL'}.`,
      `- **Pages**: seed ${seed}; of Mondialisation.ca and Global Research, by the patterns of their wrappers, in French and English,` +
        ' with headings, lists, quotes, tables and links; no two alike.',
    ].join('\n'),
    '## What is measured',
    'Whole processes, from start to exit, each on a database that was migrated before. The *import* is `colophon seed`:' +
      ' it reads each page into parts, fields and evidence, checks that it writes back to the letter, looks for earlier states and' +
      ' texts that are alike, stores all of it and publishes it: editions, HTML, search. The *bare script* ([bare.js](../../bench/import/bare.js))' +
      ' only parses the same Markdown by the same parser, and copies raw rows (`COPY`): what no import can do without. It runs' +
      ' before and after the import; its rate is of both.',
    table(['', ...sizes.map(({ count }) => `${number(count, 0)} documents`)], rows),
    '## Aims',
    table(
      ['aim', 'wanted', 'measured', 'met'],
      judged.map(([name, wanted, measured, isMet]) => [name, wanted, measured, isMet ? 'yes' : '**no**']),
    ),
    'The import keeps every processor busy, the bare script one: what others take of the machine costs the import alone. Start-up' +
      ' and the warming up of each thread weigh more on fewer documents.',
    ...statementsText(statements),
    ...profileText(profile),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function statementsText(statements) {
  if (statements === null)
    return ['## Statements', 'This Postgres has no `pg_stat_statements`: they were not counted.'];
  const { count, calls, ms, top } = statements;
  return [
    '## Statements',
    `In a run of its own over ${number(count, 0)} documents: ${number(calls, 0)} statements, ` +
      `**${number(calls / count, 2)} a document**, ${number(ms / count)} ms a document in all. The dearest:`,
    table(
      ['statement', 'calls', 'rows', 'ms a document'],
      top.map((one) => [
        `\`${shortened(one.query)}\``,
        number(one.calls, 0),
        number(one.rows, 0),
        number(one.ms / count, 2),
      ]),
    ),
  ];
}

function shortened(query) {
  const plain = query.replaceAll('"', '').replaceAll('|', '¦');
  return plain.length > 70 ? `${plain.slice(0, 70)}…` : plain;
}

function profileText({ count, threads }) {
  return [
    '## Where the time of our process goes',
    `In a run of its own over ${number(count, 0)} documents, sampled (\`node --cpu-prof\`), in ms a document of the wall clock; start-up is part of the first thread's.` +
      ' What a function calls counts as its own, so lines overlap.',
    ...threads.map(({ isMain, busy, idle, inclusive, places }, i) => {
      const rows = [
        ...inclusive.slice(0, 14),
        ...places.slice(0, 8).map(([name, seconds]) => [`all in \`${name}\` itself`, seconds]),
      ];
      return [
        `### ${isMain ? 'The thread that writes' : `A thread that reads (${i + 1})`}: ${number((busy * 1000) / count)} ms busy, ${number((idle * 1000) / count)} ms idle`,
        table(
          ['', 'ms'],
          rows.map(([name, seconds]) => [
            name.startsWith('all in') ? name : `\`${name}\``,
            number((seconds * 1000) / count, 2),
          ]),
        ),
      ].join('\n\n');
    }),
  ];
}
