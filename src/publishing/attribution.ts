import { FINDING_SEVERITIES, type FindingCode } from '../articles/finding.js';
import type { Severity } from '../common/vocabulary.js';
import { IS_LIVING } from '../texts/translation-states.js';

/** What is looked at anew whenever a text is to be published, beside what documents were found to lack. */
export const CHECKED_SEVERITIES = {
  CREDIT_MISSING: FINDING_SEVERITIES.CREDIT_MISSING,
  ORIGIN_SOURCE_MISSING: FINDING_SEVERITIES.ORIGIN_SOURCE_MISSING,
  ORIGIN_URL_MISSING: FINDING_SEVERITIES.ORIGIN_URL_MISSING,
  COPYRIGHT_NOTICE_MISSING: FINDING_SEVERITIES.COPYRIGHT_NOTICE_MISSING,
  LINK_TRUNCATED: FINDING_SEVERITIES.LINK_TRUNCATED,
  CONTACT_POINT_MISSING: 'WARNING',
  PERMISSION_MISSING: 'ERROR',
  TRANSLATION_NOTICE_MISSING: 'ERROR',
  TRANSLATOR_MISSING: 'WARNING',
} as const satisfies Record<string, Severity>;

export type CheckedCode = keyof typeof CHECKED_SEVERITIES;

/** Every code that a finding at the desk may have. Links are tried in the background, and what came of it is kept. */
export type DeskFindingCode = FindingCode | CheckedCode | 'LINK_DEAD';
export const DESK_FINDING_CODES = [
  ...new Set([...Object.keys(FINDING_SEVERITIES), ...Object.keys(CHECKED_SEVERITIES), 'LINK_DEAD']),
].sort() as readonly DeskFindingCode[];

/** What is so, and what mends it, of what was looked at; `cause` is what the finding is about. */
export const CHECKED_MESSAGES: Readonly<Record<CheckedCode, (cause: string) => string>> = {
  CREDIT_MISSING: () => 'The article names no author. Say who wrote it.',
  ORIGIN_SOURCE_MISSING: () => 'The article is somebody else’s, and does not say whose. Name its source.',
  ORIGIN_URL_MISSING: () => 'The address at which the source has it is not known. Give it.',
  COPYRIGHT_NOTICE_MISSING: () => 'The article has no copyright notice. Give it as the holder writes it.',
  LINK_TRUNCATED: (url) => `The link ${url} is cut short. Complete it or take it out.`,
  CONTACT_POINT_MISSING: () => 'Readers are not told whom to write to. Give the article a contact point.',
  PERMISSION_MISSING: (rules) => `${rules} Get the holder’s permission, and waive this with who gave it, and when.`,
  TRANSLATION_NOTICE_MISSING: () =>
    'Readers are not told how this was translated. Say whether a person or a machine has done it.',
  TRANSLATOR_MISSING: () => 'Nobody is credited with this translation. Name who translated or edited it.',
};

/** An address that ends in dots was cut by whoever copied it. */
const TRUNCATED = String.raw`(\.\.\.|…)$`;

/** As it is cut in Markdown: in a link, in angle brackets, in a definition, or plain; dots behind a plain one are the sentence's. */
const URL_PART = String.raw`https?://(?:[^\s<>()]|\([^\s<>()]*\))*`;
const TRUNCATED_IN_MARKDOWN = String.raw`(?:\]\(\s*<?|<|\]:\s*<?)(${URL_PART}(?:\.\.\.|…))(?=[\s<>)]|$)|(?:^|[\s(*_~])(${URL_PART}…)(?=[\s<>)*_~.,;:!?]|$)`;

/** Whatever is published here is on the web. Rules for print alone, or for shops, are about what others do. */
const IS_FOR_THE_WEB = `(m.media = '{}' or 'WEB' = any (m.media))`;

/** Whether the publisher of an article `a` holds it: then whatever its page states binds others alone. */
const IS_HELD_BY_PUBLISHER = `exists (
  select from desk.copyright_notice n join desk.publisher p on p.id = a.publisher_id
  where n.article_id = a.id and lower(coalesce(n.author, n.source)) in (lower(p.name), lower(p.legal_name), lower(p.abbreviation)))`;

/** The rules that forbid an action with what is somebody else's, or have one ask first, whoever states them. */
const asksFor = (action: string): string => `
  select string_agg(p.name || case m.effect when 'FORBID' then ' forbids it: “' else ' has one ask first: “' end
    || left(m.text, 300) || '”.', ' ' order by l.position) as clause
  from desk.article_reuse_term l join desk.reuse_term m on m.id = l.reuse_term_id
  join desk.publisher p on p.id = m.stated_by_id
  where l.article_id = a.id and m.effect in ('ASK_FIRST', 'FORBID') and '${action}' = any (m.actions)
    and ${IS_FOR_THE_WEB} and not ${IS_HELD_BY_PUBLISHER} having count(*) > 0`;

/** What is looked at, of one article `a` with its origin `o`: code, language, path and cause. */
const CHECKS: readonly (readonly [CheckedCode, string])[] = [
  [
    'CREDIT_MISSING',
    `select 'CREDIT_MISSING', null::text, 'credits', coalesce(o.source_id::text, '')
where not exists (select from desk.credit c where c.article_id = a.id and c.role = 'AUTHOR')`,
  ],
  [
    'ORIGIN_SOURCE_MISSING',
    `select 'ORIGIN_SOURCE_MISSING', null, 'origin.source', o.relation where o.relation <> 'OWN' and o.source_id is null`,
  ],
  [
    'ORIGIN_URL_MISSING',
    `select 'ORIGIN_URL_MISSING', null, 'origin.url', coalesce(o.source_id::text, '')
where o.relation <> 'OWN' and o.url is null`,
  ],
  [
    'COPYRIGHT_NOTICE_MISSING',
    `select 'COPYRIGHT_NOTICE_MISSING', null, 'rights.copyright', coalesce(o.source_id::text, '')
where not exists (select from desk.copyright_notice c where c.article_id = a.id)`,
  ],
  [
    'CONTACT_POINT_MISSING',
    `select 'CONTACT_POINT_MISSING', null, 'contactPoints', ''
where not exists (select from desk.article_contact_point c where c.article_id = a.id)`,
  ],
  ['LINK_TRUNCATED', `select 'LINK_TRUNCATED', null, 'origin.url', o.url where o.url ~ '${TRUNCATED}'`],
  [
    'LINK_TRUNCATED',
    `select 'LINK_TRUNCATED', null, 'links[' || l.position || '].url', l.url
from desk.article_link l where l.article_id = a.id and l.url ~ '${TRUNCATED}'`,
  ],
  [
    'PERMISSION_MISSING',
    `select 'PERMISSION_MISSING', t.language, 'rights.reuseTerms', asked.clause
from desk.translation t cross join lateral (${asksFor('REPRODUCE')}) asked
where t.article_id = a.id and t.is_original and o.relation = 'VERBATIM'`,
  ],
  [
    'PERMISSION_MISSING',
    `select 'PERMISSION_MISSING', t.language, 'rights.reuseTerms', asked.clause
from desk.translation t cross join lateral (${asksFor('TRANSLATE')}) asked
where t.article_id = a.id and ${IS_LIVING} and (not t.is_original or o.relation = 'TRANSLATED')`,
  ],
  [
    'TRANSLATION_NOTICE_MISSING',
    `select 'TRANSLATION_NOTICE_MISSING', t.language, 'text.method', '' from desk.translation t
where t.article_id = a.id and ${IS_LIVING} and not t.is_original and t.method is null`,
  ],
  [
    'TRANSLATOR_MISSING',
    `select 'TRANSLATOR_MISSING', t.language, 'text.translator', t.method from desk.translation t
where t.article_id = a.id and ${IS_LIVING} and not t.is_original and t.method in ('HUMAN', 'MACHINE_EDITED') and t.translator_id is null
  and not exists (select from desk.credit c where c.article_id = a.id and c.role = 'TRANSLATOR')`,
  ],
  [
    'TRANSLATOR_MISSING',
    `select 'TRANSLATOR_MISSING', t.language, 'credits', coalesce(o.source_id::text, '') from desk.translation t
where t.article_id = a.id and t.is_original and o.relation = 'TRANSLATED' and t.translator_id is null
  and not exists (select from desk.credit c where c.article_id = a.id and c.role = 'TRANSLATOR')`,
  ],
  [
    'LINK_TRUNCATED',
    `select 'LINK_TRUNCATED', t.language, 'text.' || part.name || '.links[' || found.position || '].url', found.url
from desk.translation t
cross join lateral (
  select r.dek, r.body from desk.revision r where r.translation_id = t.id order by r.number desc limit 1) r
cross join lateral (values ('dek', r.dek), ('body', r.body)) part (name, markdown)
cross join lateral (
  select coalesce(g.found[1], g.found[2]) as url, row_number() over (order by min(g.place)) - 1 as position
  from regexp_matches(part.markdown, '${TRUNCATED_IN_MARKDOWN}', 'g') with ordinality as g (found, place)
  group by 1) found
where t.article_id = a.id and ${IS_LIVING} and part.markdown ~ '\\.\\.\\.|…'`,
  ],
];

const SEVERITY_OF = Object.entries(CHECKED_SEVERITIES)
  .map(([code, severity]) => `when '${code}' then '${severity}'`)
  .join(' ');

/** Links of an article `a` that led nowhere when they were tried, and stand there still. */
const DEAD_LINKS = `
select 'LINK_DEAD' as code, 'WARNING' as severity, u.language, u.path, c.url as cause,
  'The link ' || c.url || ' led nowhere on ' || to_char(c.checked_at at time zone 'UTC', 'YYYY-MM-DD') || ': ' || c.detail ||
    '. Give another, or take it out.' as message,
  null::integer as line, concat_ws(' ', 'LINK_DEAD', coalesce(u.language, '*'), u.path, encode(u.hash, 'hex')) collate "C"
from desk.link_use u join desk.link_check c on c.hash = u.hash and c.outcome = 'DEAD'
where u.article_id = a.id and case
  when u.path = 'origin.url' then exists (select from desk.origin o where o.article_id = a.id and o.url = c.url)
  when u.language is null then exists (select from desk.article_link l where l.article_id = a.id and l.url = c.url)
  else exists (select from desk.translation t cross join lateral (
      select r.body from desk.revision r where r.translation_id = t.id order by r.number desc limit 1) r
    where t.article_id = a.id and ${IS_LIVING} and t.language = u.language and position(c.url in r.body) > 0) end`;

const findingsOf = (severity: Severity | null): string => {
  const checks = CHECKS.filter(([code]) => severity === null || CHECKED_SEVERITIES[code] === severity);
  return `
select f.code, f.severity, f.language, f.path, f.message as cause, f.message, f.line,
  concat_ws(' ', f.code, coalesce(f.language, '*'), f.path, f.position) collate "C" as key
from desk.finding f where f.article_id = a.id${severity === null ? '' : ` and f.severity = '${severity}'`}
union all
select c.code, case c.code ${SEVERITY_OF} end, c.language, c.path, c.cause, null, null,
  concat_ws(' ', c.code, coalesce(c.language, '*'), c.path, md5(c.cause)) collate "C"
from desk.origin o
cross join lateral (${checks.map(([, sql]) => sql).join('\nunion all\n')}) c (code, language, path, cause)
where o.article_id = a.id and not exists (
  select from desk.finding f where f.article_id = a.id and f.code = c.code and f.path = c.path
    and f.language is not distinct from c.language)
${severity === 'ERROR' ? '' : `union all ${DEAD_LINKS}`}`;
};

/**
 * All findings of an article `a`, each with a key that is its own within the article: what documents were found to lack, and
 * what is looked at now. What a document was found to lack is not told twice. To be joined laterally.
 */
export const FINDINGS_OF_ARTICLE = findingsOf(null);

/** Those of them alone that block unless they are waived: none of them takes long to look for. */
export const ERRORS_OF_ARTICLE = findingsOf('ERROR');

/** The waiver that holds for a finding `x` of an article `a`, if there is one. To be joined laterally. */
export const WAIVER_OF_FINDING = `
select w.id, w.reason, w.waived_by, w.waived_at from desk.finding_waiver w
where w.article_id = a.id and w.code = x.code and w.path = x.path and w.language is not distinct from x.language
  and w.cause = x.cause order by w.waived_at desc limit 1`;

/** Articles that an error may be found of, looked for in all of them at once: more than have one, far fewer than all. */
export const SUSPECTS = `
select f.article_id from desk.finding f where f.severity = 'ERROR'
union
select o.article_id from desk.origin o where o.relation <> 'OWN' and o.source_id is null
union
select a.id from desk.article a
where not exists (select from desk.credit c where c.article_id = a.id and c.role = 'AUTHOR')
union
select a.id from desk.article a where not exists (select from desk.copyright_notice c where c.article_id = a.id)
union
select l.article_id from desk.reuse_term m join desk.article_reuse_term l on l.reuse_term_id = m.id
where m.effect in ('ASK_FIRST', 'FORBID') and m.actions && '{REPRODUCE,TRANSLATE}' and ${IS_FOR_THE_WEB}
union
select t.article_id from desk.translation t where not t.is_original and t.method is null and ${IS_LIVING}`;

const HAS_ERROR = `exists (
  select from (${ERRORS_OF_ARTICLE}) x left join lateral (${WAIVER_OF_FINDING}) w on true where w.id is null)`;

/**
 * Whether a finding that nobody has waived keeps an article `a` from being published in some language. What is wrapped so is
 * hashed once and looked up, however many suspects there are: as a join, it would be gone through for each article.
 */
export const IS_BLOCKED = `(a.id in (${SUSPECTS})) is true and ${HAS_ERROR}`;

/** Whether none does. */
export const IS_NOT_BLOCKED = `not ${HAS_ERROR}`;
