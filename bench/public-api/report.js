/** What the product aims at: requests a second to those of hand-written SQL; milliseconds; megabytes. */
const AIMS = { q1: 1.5, q2: 0.9, q3: 1.5, q4: 0.9, coldMs: 2000, rssMb: 250 };

const NAMES = {
  q1: 'front page',
  q2: 'article page',
  q3: 'filtered second page',
  q4: 'search',
};

const number = (value, digits = 0) =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

function row(cells) {
  return `| ${cells.join(' | ')} |`;
}

/** One run of the bench as tables in Markdown. */
export function reportText({ queries, coldMs, rssStartMb, rssMb }) {
  const head = [
    'query',
    'requests a second',
    'by hand',
    'ratio',
    'wanted',
    'met',
    'p50, p99 ms',
    'alone p50 ms',
    'statements',
    'processor ms: Node, Postgres',
    'bytes',
    'control drift',
    'other load',
  ];
  const lines = Object.entries(queries).map(([name, { c32, c1, limit, sql, answerBytes, foreign }]) => {
    const ratio = c32.rps / limit.rps32;
    return row([
      NAMES[name] ?? name,
      number(c32.rps),
      number(limit.rps32),
      `**${number(ratio, 2)}**`,
      AIMS[name] === undefined ? '' : `≥ ${AIMS[name]}`,
      AIMS[name] === undefined ? '' : yes(ratio >= AIMS[name]),
      `${number(c32.p50, 1)}, ${number(c32.p99, 1)}`,
      c1 === undefined ? '' : number(c1.p50, 2),
      sql === null ? 'unknown' : number(sql, 1),
      `${number(c32.cpuServerMs, 2)}, ${number(c32.cpuPgMs, 2)}`,
      number(answerBytes),
      `${number(limit.drift * 100)} %`,
      `${number(foreign * 100)} %`,
    ]);
  });
  return [
    row(head),
    row(head.map((_, i) => (i === 0 ? '---' : '---:'))),
    ...lines,
    '',
    `Start to first answer: ${number(coldMs)} ms (wanted: ≤ ${number(AIMS.coldMs)}; met: ${yes(coldMs <= AIMS.coldMs)}). ` +
      `Resident memory: ${number(rssStartMb)} MB idle, ${number(rssMb)} MB after the run ` +
      `(wanted: ≤ ${AIMS.rssMb}; met: ${yes(rssMb <= AIMS.rssMb)}).`,
  ].join('\n');
}

function yes(isMet) {
  return isMet ? 'yes' : 'no';
}
