import type { RecordType } from './export-records.js';

/** A column as a moment in UTC with all its digits. */
function moment(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

/** A list of values, or of objects with these properties; never null. */
function list(of: string | Readonly<Record<string, string>>, from: string): string {
  const value =
    typeof of === 'string'
      ? of
      : `json_build_object(${Object.entries(of)
          .map(([key, column]) => `'${key}', ${column}`)
          .join(', ')})`;
  const [rows = '', order = ''] = from.split(' order by ');
  return `(select coalesce(json_agg(${value} order by ${order}), '[]') from ${rows})`;
}

function termsOf(scheme: string): string {
  return list(
    { termId: 't.term_id', rawLabel: 't.raw_label' },
    `desk.article_term t where t.article_id = a.id and t.scheme = '${scheme}' order by t.position`,
  );
}

const CLAUSE = `c.id, c.stated_by_id as "statedById", c.clause_key as "clauseKey", c.language, c.version, c.text`;

/** Things that are read in the order of their ids, a page at a time: $1 is the id before, $2 how many. */
type PagedType = Exclude<RecordType, 'document' | 'article' | 'revision' | 'edition'>;

/**
 * What an export's lines are made of, property by property, in the order in which a line has them.
 * Ids are in every database's same order; names are not.
 */
export const PAGES: Readonly<Record<PagedType, string>> = {
  publisher: `
select p.id, p.slug, p.name, p.legal_name as "legalName", p.abbreviation, p.url, p.language,
  (select coalesce(json_object_agg(w.language, w.definition order by w.language collate "C"), '{}')
    from desk.wrapper w where w.publisher_id = p.id) as wrappers
from desk.publisher p where p.id > $1 order by p.id limit $2`,
  source: `select s.id, s.slug, s.name, s.url from desk.source s where s.id > $1 order by s.id limit $2`,
  agent: `select g.id, g.name, g.kind from desk.agent g where g.id > $1 order by g.id limit $2`,
  term: `
select t.id, t.scheme, t.slug, t.is_listed as "isListed",
  (select coalesce(json_object_agg(l.language, l.label order by l.language collate "C"), '{}')
    from desk.term_label l where l.term_id = t.id) as labels,
  ${list('x.folded', 'desk.term_alias x where x.term_id = t.id order by x.folded collate "C"')} as aliases
from desk.term t where t.id > $1 order by t.id limit $2`,
  contactPoint: `
select c.id, c.publisher_id as "publisherId", c.email, c.purposes
from desk.contact_point c where c.id > $1 order by c.id limit $2`,
  notice: `select ${CLAUSE}, c.kind from desk.notice c where c.id > $1 order by c.id limit $2`,
  reuseTerm: `
select ${CLAUSE}, c.effect, c.actions, c.media, c.duties,
  c.audience_label as "audienceLabel", c.contact_point_id as "contactPointId"
from desk.reuse_term c where c.id > $1 order by c.id limit $2`,
  formerArticle: `
select e.article_id as id, count(*)::int as editions from edition.edition e
where e.article_id > $1 and not exists (select from desk.article a where a.id = e.article_id)
group by 1 order by 1 limit $2`,
};

/** Documents from an id on, with their sizes; and articles. */
export const DOCUMENT_IDS = `
select id, size_bytes as "sizeBytes" from desk.document where id > $1 order by id limit $2`;
export const ARTICLE_IDS = 'select id from desk.article where id > $1 order by id limit $2';

/** Of these articles, revisions in the order of an export: the original's first, then by language. */
export const REVISION_IDS = `
select r.id, t.article_id as "articleId" from desk.revision r join desk.translation t on t.id = r.translation_id
where t.article_id = any ($1) order by t.article_id, not t.is_original, t.language collate "C", r.number`;
export const EDITION_IDS = `
select e.id, e.article_id as "articleId" from edition.edition e
where e.article_id = any ($1) order by e.article_id, e.number`;

/** Documents by their ids. */
export const DOCUMENTS = `
select d.id, d.sha256, d.file_name as "fileName", d.format, d.form, ${moment('d.received_at')} as "receivedAt", d.bytes,
  (select json_build_object('article', r.article, 'wrapper', r.wrapper, 'findings', r.findings)
    from desk.document_reading r where r.document_id = d.id) as reading,
  ${list(
    {
      role: 'p.role',
      language: 'p.language',
      start: 'p.start_offset',
      end: 'p.end_offset',
      firstLine: 'p.first_line',
      lastLine: 'p.last_line',
      layout: 'p.layout',
    },
    'desk.document_part p where p.document_id = d.id order by p.position',
  )} as parts
from desk.document d where d.id = any ($1)`;

/** Articles by their ids. */
export const ARTICLES = `
select a.id, a.publisher_id as "publisherId", a.kind, a.original_language as "originalLanguage",
  a.page_language as "pageLanguage", a.published_on as "publishedOn", a.version,
  ${moment('a.created_at')} as "createdAt", ${moment('a.updated_at')} as "updatedAt",
  (select json_build_object('relation', o.relation, 'sourceId', o.source_id, 'url', o.url, 'title', o.title,
    'language', o.language, 'publishedOn', o.published_on) from desk.origin o where o.article_id = a.id) as origin,
  ${list({ role: 'c.role', agentId: 'c.agent_id' }, 'desk.credit c where c.article_id = a.id order by c.position')} as credits,
  ${termsOf('REGION')} as regions, ${termsOf('THEME')} as themes, ${termsOf('REPORT')} as reports,
  (select json_build_object('raw', c.raw, 'author', c.author, 'source', c.source, 'year', c.year)
    from desk.copyright_notice c where c.article_id = a.id) as copyright,
  ${list('n.notice_id', 'desk.article_notice n where n.article_id = a.id order by n.position')} as notices,
  ${list('n.reuse_term_id', 'desk.article_reuse_term n where n.article_id = a.id order by n.position')} as "reuseTerms",
  ${list(
    { contactPointId: 'c.contact_point_id', purposes: 'c.purposes' },
    'desk.article_contact_point c where c.article_id = a.id order by c.position',
  )} as "contactPoints",
  ${list({ kind: 'l.kind', url: 'l.url' }, 'desk.article_link l where l.article_id = a.id order by l.position')} as links,
  ${list(
    { role: 'w.role', pattern: 'w.pattern' },
    'desk.wrapper_line w where w.article_id = a.id order by w.role collate "C"',
  )} as "wrapperLines",
  ${list(
    {
      code: 'f.code',
      severity: 'f.severity',
      language: 'f.language',
      path: 'f.path',
      line: 'f.line',
      message: 'f.message',
      conflict: 'f.conflict',
    },
    'desk.finding f where f.article_id = a.id order by f.position',
  )} as findings,
  ${list(
    {
      id: 'w.id',
      code: 'w.code',
      language: 'w.language',
      path: 'w.path',
      cause: 'w.cause',
      reason: 'w.reason',
      waivedBy: 'w.waived_by',
      waivedAt: moment('w.waived_at'),
    },
    'desk.finding_waiver w where w.article_id = a.id order by w.id',
  )} as waivers,
  ${list(
    { id: 'k.id', language: 'k.language', note: 'k.note', correctedAt: moment('k.corrected_at') },
    'desk.correction k where k.article_id = a.id order by k.id',
  )} as corrections,
  ${list(
    { language: 'u.language', unpublishedAt: moment('u.unpublished_at') },
    'desk.unpublished_text u where u.article_id = a.id order by u.language collate "C"',
  )} as unpublished,
  (select json_build_object('reason', x.reason, 'language', x.language, 'withdrawnAt', ${moment('x.withdrawn_at')},
    'slugs', ${list('s.slug', 'edition.article_slug s where s.article_id = a.id order by s.slug collate "C"')})
    from edition.tombstone x where x.article_id = a.id) as withdrawal,
  ${list(
    {
      path: 'e.path',
      start: 'e.start_offset',
      end: 'e.end_offset',
      exact: 'e.exact',
      prefix: 'e.prefix',
      suffix: 'e.suffix',
      documentId: 'e.document_id',
    },
    'desk.evidence e where e.article_id = a.id order by e.position',
  )} as evidence,
  ${list('d.document_id', 'desk.article_document d where d.article_id = a.id order by d.number')} as documents,
  ${list('s.slug', 'desk.slug s where s.article_id = a.id order by s.slug collate "C"')} as slugs,
  ${list(
    {
      id: 't.id',
      language: 't.language',
      isOriginal: 't.is_original',
      slug: 't.slug',
      method: 't.method',
      tool: 't.tool',
      translatorId: 't.translator_id',
      state: 't.state',
      sourceRevisionId: 't.source_revision_id',
      settled: 't.settled',
      blockPairs: 't.block_pairs',
      textVersion: 't.text_version',
      inHand: `(select json_build_object('headline', w.headline, 'dek', w.dek, 'body', w.body, 'slug', w.slug,
        'blocks', w.blocks, 'changedById', w.changed_by_id, 'changedBy', w.changed_by,
        'changedAt', ${moment('w.changed_at')}) from desk.working_text w where w.translation_id = t.id)`,
      updatedAt: moment('t.updated_at'),
    },
    'desk.translation t where t.article_id = a.id order by not t.is_original, t.language collate "C"',
  )} as translations,
  (select count(*)::int from desk.revision r join desk.translation t on t.id = r.translation_id
    where t.article_id = a.id) as revisions,
  (select count(*)::int from edition.edition e where e.article_id = a.id) as editions,
  (select json_build_object('edition', c.number, 'slugs',
    ${list('s.slug', 'edition.article_slug s where s.article_id = a.id order by s.slug collate "C"')})
    from edition.current_article c where c.article_id = a.id) as served
from desk.article a where a.id = any ($1) order by a.id`;

/** Revisions by their ids. */
export const REVISIONS = `
select t.article_id as "articleId", r.id, r.translation_id as "translationId", r.number, r.headline, r.dek, r.body,
  r.blocks, r.source_revision_id as "sourceRevisionId", r.settled, r.text_version as "textVersion",
  r.made_by_id as "madeById", r.made_by as "madeBy", r.reason, ${moment('r.created_at')} as "createdAt"
from desk.revision r join desk.translation t on t.id = r.translation_id where r.id = any ($1)`;

/** Editions by their ids, and their texts' bodies by language. */
export const EDITIONS = `
select e.article_id as "articleId", e.id, e.number, e.reason, ${moment('e.issued_at')} as "issuedAt", e.content, e.evidence,
  (select coalesce(json_object_agg(x.language, x.body), '{}') from edition.edition_text x where x.edition_id = e.id) as bodies
from edition.edition e where e.id = any ($1)`;

/** How many lines of each type there will be. */
export const RECORD_COUNTS = `
select (select count(*)::int from desk.publisher) as publisher, (select count(*)::int from desk.source) as source,
  (select count(*)::int from desk.agent) as agent, (select count(*)::int from desk.term) as term,
  (select count(*)::int from desk.contact_point) as "contactPoint", (select count(*)::int from desk.notice) as notice,
  (select count(*)::int from desk.reuse_term) as "reuseTerm", (select count(*)::int from desk.document) as document,
  (select count(*)::int from desk.article) as article, (select count(*)::int from desk.revision) as revision,
  (select count(*)::int from edition.edition) as edition,
  (select count(distinct article_id)::int from edition.edition e
    where not exists (select from desk.article a where a.id = e.article_id)) as "formerArticle"`;
