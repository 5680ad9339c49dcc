/** By what a thing is known when its id is not: ids are drawn anew in each database. */
const NAMES = `
select id, 'publisher ' || slug as name from desk.publisher
union all select w.id, 'wrapper ' || p.slug || ' ' || w.language from desk.wrapper w join desk.publisher p on p.id = publisher_id
union all select id, 'source ' || slug from desk.source
union all select id, 'agent ' || name from desk.agent
union all select id, scheme || ' ' || slug from desk.term
union all select id, 'contact ' || email from desk.contact_point
union all select id, 'notice ' || clause_key || ' ' || language || ' ' || md5(text) from desk.notice
union all select id, 'reuse term ' || clause_key || ' ' || language || ' ' || md5(text) from desk.reuse_term
union all select article_id, 'article ' || slug from desk.translation where is_original
union all select id, 'translation ' || slug || ' ' || language from desk.translation
union all select r.id, 'revision ' || slug || ' ' || number from desk.revision r join desk.translation t on t.id = translation_id
union all select id, 'document ' || sha256 from desk.document
union all select e.id, 'edition ' || t.slug || ' ' || e.number
  from edition.edition e join desk.translation t on t.article_id = e.article_id and t.is_original`;

/** What runs were made differs from drill to drill, and is looked at apart. */
const PASSED_OVER = new Set(['desk.import_run', 'desk.import_item']);

/** In which order events were written, and when, is each import's own. */
const EVENTS = 'edition.edition_event';
const OF_ITS_ORDER = new Set(['id', 'position', 'at']);

const UUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g;

/** All that is in a database but ids and instants, row by row in order: equal where two imports came to the same. */
export async function readState(postgres, database) {
  const names = new Map((await postgres.query(database, NAMES)).map(({ id, name }) => [id, name]));
  const tables = await postgres.query(
    database,
    `select table_schema || '.' || table_name as name from information_schema.tables
     where table_schema in ('desk', 'edition') and table_type = 'BASE TABLE' order by 1`,
  );
  const state = new Map();
  for (const { name } of tables.filter((table) => !PASSED_OVER.has(table.name))) {
    const rows = await postgres.query(database, `select to_jsonb(t) as row from ${name} t`);
    const lines = rows.map(({ row }) => {
      const timeless = Object.entries(row).filter(
        ([column]) => !column.endsWith('_at') && !(name === EVENTS && OF_ITS_ORDER.has(column)),
      );
      return JSON.stringify(Object.fromEntries(timeless)).replaceAll(UUID, (id) => names.get(id) ?? '(nameless)');
    });
    state.set(name, lines.sort());
  }
  return state;
}

/** Compares the state of a database with what it should be; each table that differs is a loss. */
export async function compare(postgres, database, expected, tally) {
  for (const [table, lines] of await readState(postgres, database)) {
    const wanted = expected.get(table) ?? [];
    if (lines.length === wanted.length && lines.every((line, i) => line === wanted[i])) continue;
    tally.lost++;
    const without = (some, others) => some.filter((line) => !others.includes(line));
    const [missing, further] = [without(wanted, lines), without(lines, wanted)];
    tally.complain(`${database} differs in ${table}: ${missing.length} rows missing, ${further.length} others`);
    for (const line of [...missing.slice(0, 1), ...further.slice(0, 1)]) tally.complain(`  ${line.slice(0, 400)}`);
  }
}

const NO_ERROR = `not exists (select from desk.finding f where f.article_id = a.id and f.severity = 'ERROR')`;

/** Each finds what an import leaves only when it is not all or nothing. */
const TORN = {
  'articles without a text': `select from desk.article a where not exists (
    select from desk.translation t join desk.revision r on r.translation_id = t.id where t.article_id = a.id)`,
  'articles without an origin': `select from desk.article a where not exists (
    select from desk.origin o where o.article_id = a.id)`,
  'articles without a slug': `select from desk.article a where not exists (
    select from desk.slug s where s.article_id = a.id)`,
  'articles without a document': `select from desk.article a where not exists (
    select from desk.article_document d where d.article_id = a.id)`,
  'articles without evidence': `select from desk.article a where not exists (
    select from desk.evidence e where e.article_id = a.id)`,
  'articles without a copyright notice': `select from desk.article a where not exists (
    select from desk.copyright_notice c where c.article_id = a.id)`,
  'articles without lines': `select from desk.article a where not exists (
    select from desk.wrapper_line l where l.article_id = a.id)`,
  'articles that no run has brought': `select from desk.article a where not exists (
    select from desk.import_item i where i.article_id = a.id)`,
  'articles that a run has brought and that are not there': `select from desk.import_item i where not exists (
    select from desk.article a where a.id = i.article_id)`,
  'documents without an article': `select from desk.document d where not exists (
    select from desk.article_document l where l.document_id = d.id)`,
  'documents without a reading': `select from desk.document d where not exists (
    select from desk.document_reading r where r.document_id = d.id)`,
  'documents that their parts do not cover': `select from desk.document d where coalesce((
    select sum(p.end_offset - p.start_offset) from desk.document_part p where p.document_id = d.id), 0)
    <> length(convert_from(d.bytes, 'UTF8'))`,
  'articles that nothing keeps from readers and that they do not get': `select from desk.article a where ${NO_ERROR}
    and not exists (select from edition.current_article c where c.article_id = a.id)`,
  'editions without a text': `select from edition.edition e where not exists (
    select from edition.edition_text t where t.edition_id = e.id)`,
  'current articles without their edition': `select from edition.current_article c where not exists (
    select from edition.edition e where e.id = c.edition_id and e.article_id = c.article_id)`,
  'current articles without an address': `select from edition.current_article c where not exists (
    select from edition.article_slug s where s.article_id = c.article_id)`,
  'current articles that a list does not find': `select from edition.current_article c, unnest(c.facts) own (fact)
    where not exists (select from edition.article_fact f where f.fact = own.fact and f.place = c.place)`,
  'facts of no current article': `select from edition.article_fact f where not exists (
    select from edition.current_article c where c.place = f.place and f.fact = any (c.facts))`,
  'current articles that no search finds': `select from edition.current_article c where not exists (
    select from edition.article_search s where s.article_id = c.article_id)`,
};

const DUPLICATE = {
  'documents that have brought two articles': `select from desk.article_document group by document_id having count(*) > 1`,
  'headlines of two articles': `select from desk.revision group by headline having count(distinct translation_id) > 1`,
  'articles that two runs have added': `select from desk.import_item where outcome = 'ADDED'
    group by article_id having count(*) > 1`,
  'documents of two files': `select from desk.document group by file_name having count(*) > 1`,
};

/** Counts what is torn or there twice, and how many of the acknowledged articles are not there. */
export async function inspect(postgres, database, tally, acked) {
  const count = async (conditions) => {
    let all = 0;
    for (const [what, text] of Object.entries(conditions)) {
      const [row] = await postgres.query(database, `select count(*)::int as count from (${text}) x`);
      if (row.count > 0) tally.complain(`${row.count} ${what}`);
      all += row.count;
    }
    return all;
  };
  tally.torn += await count(TORN);
  tally.duplicate += await count(DUPLICATE);
  const there = await postgres.query(database, 'select id from desk.article where id = any ($1::uuid[])', [[...acked]]);
  if (there.length < acked.size) tally.complain(`${acked.size - there.length} acknowledged articles are not there`);
  tally.acked += acked.size;
  tally.lost += acked.size - there.length;
}

/** Locks that somebody holds in the database, beside those of whoever asks. */
export async function countLocks(postgres, database) {
  const [row] = await postgres.query(
    'postgres',
    `select count(*)::int as count from pg_locks l join pg_database d on d.oid = l.database
     where d.datname = $1 and l.pid <> pg_backend_pid()`,
    [database],
  );
  return row.count;
}
