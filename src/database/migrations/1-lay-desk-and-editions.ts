import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lays the two halves of the database: the desk, where people write, and the editions, which readers get. */
export class LayDeskAndEditions1774224000000 implements MigrationInterface {
  readonly name = 'LayDeskAndEditions1774224000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema audit cascade; drop schema account cascade;');
    await runner.query('drop schema server cascade; drop schema edition cascade; drop schema desk cascade;');
    await runner.query(DOWN_SEARCH);
  }
}

const LANGUAGES = ['fr', 'en'] as const;
const CONFIGURATIONS = [...LANGUAGES, 'simple'] as const;
const STEMMERS = { fr: 'french', en: 'english' } as const;

/** Stop words go before unaccent, and unaccent before the stemmer: otherwise `été` and `même` would be indexed. */
const SEARCH = `
create extension if not exists unaccent schema public;
create extension if not exists pg_trgm schema public;
${LANGUAGES.map(
  (language) => `
create text search dictionary public.colophon_${language}_stop (
  template = pg_catalog.simple, stopwords = ${STEMMERS[language]}, accept = false);
create text search configuration public.colophon_${language} (copy = pg_catalog.${STEMMERS[language]});
alter text search configuration public.colophon_${language}
  alter mapping for asciiword, asciihword, hword_asciipart, word, hword, hword_part
  with public.colophon_${language}_stop, public.unaccent, pg_catalog.${STEMMERS[language]}_stem;`,
).join('')}
create text search configuration public.colophon_simple (copy = pg_catalog.simple);
alter text search configuration public.colophon_simple
  alter mapping for asciiword, asciihword, hword_asciipart, word, hword, hword_part
  with public.unaccent, pg_catalog.simple;
`;

const DOWN_SEARCH = `
drop text search configuration public.colophon_simple;
${LANGUAGES.map(
  (language) => `
drop text search configuration public.colophon_${language};
drop text search dictionary public.colophon_${language}_stop;`,
).join('')}
`;

const DESK = `
create schema desk;

create function desk.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'this row is a record and is never changed' using errcode = 'restrict_violation';
end $$;

create table desk.publisher (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique,
  name text not null,
  legal_name text,
  abbreviation text,
  url text,
  language text not null,
  updated_at timestamptz not null default now()
);
create table desk.wrapper (
  id uuid primary key default gen_random_uuid(),
  publisher_id uuid not null references desk.publisher on delete cascade,
  language text not null,
  definition jsonb not null,
  unique (publisher_id, language)
);

create table desk.source (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique check (length(slug) between 1 and 300),
  name text not null unique check (length(name) between 1 and 300),
  url text,
  updated_at timestamptz not null default now()
);
create table desk.agent (
  id uuid primary key default gen_random_uuid(),
  name text not null unique check (length(name) between 1 and 300),
  kind text check (kind in ('PERSON', 'ORGANIZATION'))
);

create table desk.term (
  id uuid primary key default gen_random_uuid(),
  scheme text not null check (scheme in ('REGION', 'THEME', 'REPORT')),
  slug text not null check (length(slug) between 1 and 300),
  is_listed boolean not null,
  unique (scheme, slug)
);
create table desk.term_label (
  term_id uuid not null references desk.term on delete cascade,
  language text not null,
  label text not null check (length(label) between 1 and 300),
  primary key (term_id, language)
);
create table desk.term_alias (
  scheme text not null,
  folded text not null check (length(folded) between 1 and 300),
  term_id uuid not null references desk.term on delete cascade,
  primary key (scheme, folded)
);
create index on desk.term_alias (term_id);

create table desk.contact_point (
  id uuid primary key default gen_random_uuid(),
  publisher_id uuid not null references desk.publisher,
  email text not null check (length(email) between 1 and 300),
  purposes text[] not null
    check (purposes <@ array['MEDIA', 'REPRODUCTION_PERMISSION', 'CORRECTIONS', 'GENERAL']),
  unique (publisher_id, email)
);

create table desk.notice (
  id uuid primary key default gen_random_uuid(),
  stated_by_id uuid not null references desk.publisher,
  clause_key text not null,
  language text not null,
  version integer not null,
  kind text not null check (kind in ('LIABILITY_DISCLAIMER', 'FAIR_USE_CLAIM')),
  text text not null,
  unique (stated_by_id, clause_key, language, version)
);
create table desk.reuse_term (
  id uuid primary key default gen_random_uuid(),
  stated_by_id uuid not null references desk.publisher,
  clause_key text not null,
  language text not null,
  version integer not null,
  text text not null,
  effect text not null check (effect in ('PERMIT', 'ASK_FIRST', 'FORBID')),
  actions text[] not null check (actions <@ array['REPRODUCE', 'EXTRACT', 'TRANSLATE', 'MINE']),
  media text[] not null check (media <@ array['WEB', 'COMMERCIAL_WEB', 'PRINT', 'OTHER']),
  duties text[] not null
    check (duties <@ array['NAME_SOURCE', 'SHOW_URL', 'LINK_ORIGINAL', 'KEEP_COPYRIGHT_NOTICE', 'KEEP_TEXT_AND_TITLE']),
  audience_label text,
  contact_point_id uuid references desk.contact_point,
  unique (stated_by_id, clause_key, language, version)
);
create index on desk.reuse_term (contact_point_id);

create table desk.article (
  id uuid primary key default gen_random_uuid(),
  publisher_id uuid not null references desk.publisher,
  kind text not null check (kind in ('ARTICLE', 'VIDEO', 'AUDIO', 'INTERVIEW', 'REVIEW', 'GALLERY')),
  original_language text not null,
  page_language text not null,
  published_on text not null,
  version integer not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index on desk.article (publisher_id);
create table desk.origin (
  article_id uuid primary key references desk.article on delete cascade,
  relation text not null check (relation in ('VERBATIM', 'TRANSLATED', 'ADAPTED', 'OWN')),
  source_id uuid references desk.source,
  url text,
  title text,
  language text,
  published_on text
);
create index on desk.origin (source_id);
create index origin_url_idx on desk.origin using hash (url);
create table desk.translation (
  id uuid primary key default gen_random_uuid(),
  article_id uuid not null references desk.article on delete cascade,
  language text not null,
  is_original boolean not null,
  slug text,
  method text check (method in ('HUMAN', 'MACHINE', 'MACHINE_EDITED')),
  tool text,
  translator_id uuid references desk.agent,
  state text not null default 'DRAFT' check (state in ('DRAFT', 'TRANSLATED', 'REVIEWED', 'APPROVED', 'PUBLISHED', 'ABANDONED')),
  source_revision_id uuid,
  settled jsonb not null default '{}',
  block_pairs jsonb not null default '{}',
  text_version integer not null default 1,
  updated_at timestamptz not null default now(),
  unique (article_id, language)
);
create table desk.revision (
  id uuid primary key default gen_random_uuid(),
  translation_id uuid not null references desk.translation on delete cascade,
  number integer not null,
  headline text not null,
  dek text,
  body text not null,
  blocks jsonb,
  source_revision_id uuid,
  settled jsonb not null default '{}',
  text_version integer not null default 1,
  made_by_id uuid,
  made_by text,
  reason text not null,
  created_at timestamptz not null default now(),
  unique (translation_id, number)
);
alter table desk.translation add foreign key (source_revision_id) references desk.revision;
create index on desk.translation (source_revision_id);
create index on desk.translation (translator_id);
create table desk.working_text (
  translation_id uuid primary key references desk.translation on delete cascade,
  headline text not null,
  dek text,
  body text not null,
  slug text,
  blocks jsonb not null,
  changed_by_id uuid,
  changed_by text not null,
  changed_at timestamptz not null default now()
);
create table desk.slug (
  slug text primary key,
  article_id uuid not null references desk.article on delete cascade
);
create index on desk.slug (article_id);

create table desk.credit (
  article_id uuid not null references desk.article on delete cascade,
  position integer not null,
  role text not null check (role in ('AUTHOR', 'TRANSLATOR', 'EDITOR')),
  agent_id uuid not null references desk.agent,
  primary key (article_id, position)
);
create index on desk.credit (agent_id);
create table desk.article_term (
  article_id uuid not null references desk.article on delete cascade,
  scheme text not null check (scheme in ('REGION', 'THEME', 'REPORT')),
  position integer not null,
  term_id uuid not null references desk.term,
  raw_label text not null,
  primary key (article_id, scheme, position)
);
create index on desk.article_term (term_id);
create table desk.article_link (
  article_id uuid not null references desk.article on delete cascade,
  position integer not null,
  kind text not null check (kind in ('DONATION', 'SOCIAL', 'WEBSITE', 'PARTNER', 'OTHER')),
  url text not null,
  primary key (article_id, position)
);
create table desk.copyright_notice (
  article_id uuid primary key references desk.article on delete cascade,
  raw text not null,
  author text,
  source text,
  year integer
);
create table desk.article_notice (
  article_id uuid not null references desk.article on delete cascade,
  position integer not null,
  notice_id uuid not null references desk.notice,
  primary key (article_id, position)
);
create index on desk.article_notice (notice_id);
create table desk.article_reuse_term (
  article_id uuid not null references desk.article on delete cascade,
  position integer not null,
  reuse_term_id uuid not null references desk.reuse_term,
  primary key (article_id, position)
);
create index on desk.article_reuse_term (reuse_term_id);
create table desk.article_contact_point (
  article_id uuid not null references desk.article on delete cascade,
  position integer not null,
  contact_point_id uuid not null references desk.contact_point,
  purposes text[] not null
    check (purposes <@ array['MEDIA', 'REPRODUCTION_PERMISSION', 'CORRECTIONS', 'GENERAL']),
  primary key (article_id, position)
);
create index on desk.article_contact_point (contact_point_id);
create table desk.wrapper_line (
  article_id uuid not null references desk.article on delete cascade,
  role text not null check (role in ('BYLINE', 'DATELINE', 'ORIGIN_LINE', 'REGION_LINE', 'THEME_LINE',
    'REPORT_LINE', 'ORIGINAL_LINE', 'TRANSLATOR_LINE', 'FIRST_PUBLISHED_LINE', 'SOURCE_STATEMENT', 'COPYRIGHT_LINE', 'CREDITS_LINE')),
  pattern text not null,
  primary key (article_id, role)
);
create table desk.finding (
  article_id uuid not null references desk.article on delete cascade,
  position integer not null,
  code text not null check (code in ('ORIGIN_URL_MISSING', 'ORIGIN_DATE_MISSING', 'ORIGIN_SOURCE_MISSING',
    'ORIGIN_AFTER_PUBLICATION', 'ORIGIN_RELATION_UNKNOWN', 'PUBLISHER_UNKNOWN', 'NOT_PUBLISHED_AT_SOURCE', 'CREDIT_MISSING', 'COPYRIGHT_NOTICE_MISSING',
    'SOURCES_DISAGREE', 'DATES_DISAGREE', 'TEXT_MISSING', 'TEXT_LANGUAGE_UNKNOWN', 'CLAUSE_NOT_UNDERSTOOD',
    'PART_NOT_UNDERSTOOD', 'TERM_UNKNOWN', 'LINK_TRUNCATED', 'LINK_UNSAFE', 'IMPORT_CONFLICT')),
  severity text not null check (severity in ('ERROR', 'WARNING')),
  language text,
  path text not null,
  line integer,
  message text not null,
  conflict jsonb,
  primary key (article_id, position)
);

create table desk.document (
  id uuid primary key default gen_random_uuid(),
  sha256 text not null unique,
  bytes bytea not null,
  size_bytes integer not null,
  file_name text not null,
  format text not null,
  form jsonb not null,
  received_at timestamptz not null default now()
);
create table desk.document_part (
  document_id uuid not null references desk.document on delete cascade,
  position integer not null,
  role text not null check (role in ('HEADLINE', 'BYLINE', 'DATELINE', 'ORIGIN_LINE', 'REGION_LINE',
    'THEME_LINE', 'REPORT_LINE', 'ORIGINAL_LINE', 'TRANSLATOR_LINE', 'FIRST_PUBLISHED_LINE',
    'SOURCE_STATEMENT', 'COPYRIGHT_LINE', 'CREDITS_LINE', 'DEK', 'BODY', 'CLOSING', 'RULE',
    'NOTICE', 'REUSE_TERM', 'CONTACT', 'UNCLAIMED', 'MARKUP')),
  language text,
  start_offset integer not null,
  end_offset integer not null,
  first_line integer not null,
  last_line integer not null,
  layout jsonb not null,
  primary key (document_id, position)
);
create table desk.document_reading (
  document_id uuid primary key references desk.document on delete cascade,
  article jsonb not null,
  wrapper jsonb not null,
  read_with text,
  findings jsonb not null
);
create index document_reading_url_idx on desk.document_reading using hash ((article -> 'origin' ->> 'url'));
create table desk.article_document (
  document_id uuid primary key references desk.document,
  article_id uuid not null references desk.article on delete cascade,
  number integer not null,
  unique (article_id, number)
);
create table desk.evidence (
  article_id uuid not null references desk.article on delete cascade,
  position integer not null,
  document_id uuid not null references desk.document,
  path text not null,
  start_offset integer not null,
  end_offset integer not null,
  exact text not null,
  prefix text not null,
  suffix text not null,
  primary key (article_id, position)
);
create index on desk.evidence (document_id);

create table desk.import_run (
  id uuid primary key,
  number integer not null unique,
  inputs text[] not null,
  counts jsonb not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  undone_at timestamptz
);
create table desk.import_item (
  run_id uuid not null references desk.import_run on delete cascade,
  position integer not null,
  path text not null,
  outcome text not null check (outcome in ('ADDED', 'CHANGED')),
  document_id uuid references desk.document,
  article_id uuid not null,
  edition_before integer,
  edition_number integer,
  fields_hash text not null,
  before jsonb,
  primary key (run_id, position)
);
create index on desk.import_item (article_id);
create index on desk.import_item (document_id);
create table desk.pending_reissue (
  id uuid primary key default gen_random_uuid(),
  reason text not null,
  requested_at timestamptz not null default now()
);
`;

/** Texts that are alike are found by it. It is no entity: TypeORM knows no index over arrays. */
const SKETCHES = `
create table desk.text_sketch (
  article_id uuid primary key references desk.article on delete cascade,
  hashes integer[] not null,
  bands integer[] not null
);
create index on desk.text_sketch using gin (bands);
`;

/** What is worked out or kept for a while beside texts. They are no entities: they are written and read by SQL alone. */
const TEXTS = `
create table desk.earlier_text (
  translation_id uuid not null references desk.translation on delete cascade,
  version integer not null,
  headline text not null,
  dek text,
  body text not null,
  slug text,
  primary key (translation_id, version)
);
create table desk.outdated_text (
  translation_id uuid primary key references desk.translation on delete cascade,
  article_id uuid not null,
  language text not null,
  passages integer not null
);
create index on desk.outdated_text (article_id, language);
create index on desk.outdated_text (language);
-- By what lists of articles are sorted: the headline that each text has now, of 150 characters at most, as a cursor holds it.
create table desk.text_headline (
  article_id uuid not null references desk.article on delete cascade,
  language text not null,
  is_original boolean not null,
  headline text collate "und-x-icu" not null,
  primary key (article_id, language)
);
create index on desk.text_headline (language, headline, article_id);
create index text_headline_original_idx on desk.text_headline (headline, article_id) where is_original;
-- Kept here, since imports, exports and people write texts, each in their way: what is in hand, or else the newest revision.
create function desk.keep_headlines() returns trigger language plpgsql as $$
begin
  insert into desk.text_headline as kept (article_id, language, is_original, headline)
  select t.article_id, t.language, t.is_original, left(coalesce(w.headline, r.headline), 150)
  from (select distinct translation_id as id from changed) c
  join desk.translation t on t.id = c.id
  left join desk.working_text w on w.translation_id = t.id
  left join lateral (
    select n.headline from desk.revision n where n.translation_id = t.id order by n.number desc limit 1) r on true
  where coalesce(w.headline, r.headline) is not null
  on conflict (article_id, language) do update set headline = excluded.headline where kept.headline <> excluded.headline;
  return null;
end $$;
create trigger revision_has_headline after insert on desk.revision
  referencing new table as changed for each statement execute function desk.keep_headlines();
create trigger working_text_has_headline after insert on desk.working_text
  referencing new table as changed for each statement execute function desk.keep_headlines();
create trigger working_text_has_another_headline after update on desk.working_text
  referencing new table as changed for each statement execute function desk.keep_headlines();
create trigger working_text_leaves_headline after delete on desk.working_text
  referencing old table as changed for each statement execute function desk.keep_headlines();
create function desk.keep_language_of_headline() returns trigger language plpgsql as $$
begin
  update desk.text_headline set language = new.language where article_id = new.article_id and language = old.language;
  return null;
end $$;
create trigger translation_is_in_another_language after update of language on desk.translation
  for each row when (old.language <> new.language) execute function desk.keep_language_of_headline();
create index on desk.translation (language, state);
create index article_updated_idx on desk.article (updated_at, id);
create index article_created_idx on desk.article (created_at, id);
create index article_published_idx on desk.article (published_on, id);
create index translation_updated_idx on desk.translation (updated_at, id);
create index revision_headline_idx on desk.revision using gin (headline public.gin_trgm_ops);
create index source_name_idx on desk.source using gin (name public.gin_trgm_ops);
create index agent_name_idx on desk.agent using gin (name public.gin_trgm_ops);

create table desk.article_removal (
  article_id uuid not null,
  transaction_id xid8 not null default pg_current_xact_id(),
  reason text not null,
  removed_by text not null,
  removed_at timestamptz not null default now(),
  primary key (article_id, transaction_id)
);
-- An article goes, and its revisions with it, in the transaction alone that has said why.
create function desk.refuse_unrecorded_removal() returns trigger language plpgsql as $$
begin
  if not exists (select from desk.article_removal r
    where r.article_id = old.id and r.transaction_id = pg_current_xact_id()) then
    raise exception 'an article is removed by who records why' using errcode = 'restrict_violation';
  end if;
  return old;
end $$;
create trigger article_removal_is_recorded before delete on desk.article
  for each row execute function desk.refuse_unrecorded_removal();
create trigger article_is_kept before truncate on desk.article
  for each statement execute function desk.refuse_change();
create trigger translation_goes_with_its_article before delete on desk.translation
  for each row when (pg_trigger_depth() = 0) execute function desk.refuse_change();
create trigger translation_is_kept before truncate on desk.translation
  for each statement execute function desk.refuse_change();
create trigger article_removal_is_immutable before update or delete on desk.article_removal
  for each row execute function desk.refuse_change();
create trigger article_removal_is_kept before truncate on desk.article_removal
  for each statement execute function desk.refuse_change();
`;

/** What people decide of what readers get, beside the texts themselves. */
const PUBLISHING = `
create table desk.correction (
  id uuid primary key default gen_random_uuid(),
  article_id uuid not null references desk.article on delete cascade,
  language text not null,
  note text not null,
  corrected_at timestamptz not null default now()
);
create index on desk.correction (article_id);
create trigger correction_is_immutable before update on desk.correction
  for each row execute function desk.refuse_change();
create trigger correction_goes_with_its_article before delete on desk.correction
  for each row when (pg_trigger_depth() = 0) execute function desk.refuse_change();
create table desk.unpublished_text (
  article_id uuid not null references desk.article on delete cascade,
  language text not null,
  unpublished_at timestamptz not null default now(),
  primary key (article_id, language)
);
create table desk.publication_schedule (
  article_id uuid not null references desk.article on delete cascade,
  language text not null,
  revision_number integer not null,
  local_time text not null,
  time_zone text not null,
  due_at timestamptz not null,
  version integer not null,
  scheduled_by jsonb not null,
  failed_at timestamptz,
  problem text,
  primary key (article_id, language)
);
create index on desk.publication_schedule (due_at, article_id);
create table desk.finding_waiver (
  id uuid primary key default gen_random_uuid(),
  article_id uuid not null references desk.article on delete cascade,
  code text not null,
  language text,
  path text not null,
  cause text not null,
  reason text not null,
  waived_by text not null,
  waived_at timestamptz not null default now()
);
create index on desk.finding_waiver (article_id);
`;

/** What came of trying links, and where they stood then. It is no entity: it is written and read by SQL alone. */
const LINKS = `
create table desk.link_check (
  hash bytea primary key,
  url text not null,
  outcome text not null,
  detail text not null,
  checked_at timestamptz not null default now()
);
create table desk.link_use (
  article_id uuid not null references desk.article on delete cascade,
  language text,
  path text not null,
  hash bytea not null
);
create index on desk.link_use (article_id);
create table desk.link_walk (
  article_id uuid primary key references desk.article on delete cascade,
  walked_at timestamptz not null default now()
);
`;

/** The tables of the search are no entities: they are written and read by SQL alone. */
const EDITIONS = `
create schema edition;

create table edition.edition (
  id uuid primary key default gen_random_uuid(),
  article_id uuid not null,
  number integer not null,
  reason text not null,
  content jsonb not null,
  evidence jsonb not null,
  issued_at timestamptz not null default now(),
  unique (article_id, number)
);
create table edition.edition_text (
  edition_id uuid not null references edition.edition,
  language text not null,
  body text not null,
  html text not null,
  plain text not null,
  primary key (edition_id, language)
);
create table edition.current_article (
  article_id uuid primary key,
  edition_id uuid not null references edition.edition,
  number integer not null,
  issued_at timestamptz not null default now(),
  published_on date not null,
  origin_on date,
  place uuid not null unique,
  facts bigint[] not null,
  languages text[] not null,
  original_language text not null,
  publisher_language text,
  kind text not null check (kind in ('ARTICLE', 'VIDEO', 'AUDIO', 'INTERVIEW', 'REVIEW', 'GALLERY')),
  published_date text not null,
  page_language text not null,
  publisher_tag text not null,
  texts json not null,
  deks json not null,
  publisher json not null,
  origin json not null,
  credits json not null,
  terms json not null,
  rights json not null,
  notices json not null,
  contact_points json not null,
  links json not null,
  wrappers json not null,
  corrections json not null
);
-- What lists show stays in the row, as it was written; what only an article's own page shows makes room for it.
alter table edition.current_article
  alter column texts set storage main, alter column publisher set storage main, alter column origin set storage main,
  alter column credits set storage main, alter column terms set storage main, alter column rights set storage main,
  alter column deks set storage external, alter column notices set storage external,
  alter column contact_points set storage external, alter column links set storage external,
  alter column wrappers set storage external;
create index on edition.current_article (origin_on, place);
create index current_article_origin_first_idx on edition.current_article (coalesce(origin_on, '-infinity'), place);
create index current_article_origin_last_idx on edition.current_article (coalesce(origin_on, 'infinity'), place);
create table edition.article_fact (
  fact bigint not null,
  place uuid not null,
  primary key (fact, place)
);
-- Statements are planned for facts that many articles have, whatever fact is asked for: with few, every plan is quick.
alter table edition.article_fact alter column fact set (n_distinct = 200), alter column place set (n_distinct = -0.1);
create table edition.article_headline (
  place uuid not null,
  language text not null,
  language_set bigint not null,
  headline text collate "und-x-icu" not null,
  primary key (place, language)
);
create index on edition.article_headline (language_set, language, headline, place);
create table edition.language_set (
  fact bigint primary key,
  languages text[] not null,
  publisher_language text
);
create table edition.reuse_set (
  fact bigint primary key,
  decisions text[] not null
);
create table edition.article_slug (
  slug text primary key,
  article_id uuid not null
);
create index on edition.article_slug (article_id);
create table edition.tombstone (
  article_id uuid primary key,
  reason text not null,
  language text not null,
  withdrawn_at timestamptz not null default now()
);
create table edition.reference (
  kind text not null check (kind in ('PUBLISHER', 'SOURCE', 'REGION', 'THEME', 'REPORT')),
  id uuid not null,
  slug text not null,
  name text not null,
  fact bigint not null unique,
  content jsonb not null,
  primary key (kind, id),
  unique (kind, slug)
);
-- The year that an article was published in, as a word that no text has: none begins with a space.
create function edition.era_of(day date) returns tsvector language sql stable as $$
  select array_to_tsvector(array[to_char(day, '" "YYYY')])
$$;
-- Words, each with the year behind it: who looks for those of a year looks at no others. Some are too long for that.
create function edition.dated_words(words tsvector, day date) returns tsvector language sql stable as $$
  select regexp_replace(
    ts_delete(words, array(select lexeme from unnest(words) where octet_length(lexeme) > 2000))::text,
    '''((?:[^'']|'''')*)''', '''\\1 ' || to_char(day, 'YYYY') || '''', 'g')::tsvector
$$;
-- All time from a day back, cut into eras that do not meet: what is found in one is newer than what is found in those after
-- it. The last is all that is not of the years.
create function edition.eras_before(day date)
returns table (rank integer, era tsquery, years text[], is_rest boolean) language sql stable as $$
  with cut (rank, first, last, is_rest) as (
    values (0, 0, 1, false), (1, 2, 3, false), (2, 4, 7, false), (3, 8, 15, false), (4, 0, 15, true)
  ), dated as (
    select c.rank, c.is_rest, y.years, ('('' ' || array_to_string(y.years, '''|'' ') || ''')')::tsquery as any_year
    from cut c cross join lateral (
      select array_agg(to_char(day - make_interval(years => n), 'YYYY')) as years from generate_series(c.first, c.last) n) y
  )
  select rank, case when is_rest then !!any_year else any_year end, years, is_rest from dated
$$;
-- Words sought, each with one of the years behind it.
create function edition.sought_in_years(words tsquery, years text[]) returns tsquery language sql stable as $$
  select regexp_replace(words::text, '''((?:[^'']|'''')*)''',
    '(''\\1 ' || array_to_string(years, '''|''\\1 ') || ''')', 'g')::tsquery
$$;
-- Words sought as headlines of an era have them. What is left out alone leads to no era, and some words are too long.
create function edition.sought_in_era(words tsquery, era tsquery, years text[], is_rest boolean) returns tsquery
language sql stable as $$
  select case
    when words::text like '%!%' or octet_length(words::text) > 2000 then words && era
    when is_rest then words && !!edition.sought_in_years(words, years)
    else edition.sought_in_years(words, years) end
$$;

create table edition.article_search (
  article_id uuid not null,
  language text not null,
  configuration regconfig not null,
  place uuid not null,
  published_on date not null,
  origin_on date,
  languages text[] not null,
  facts bigint[] not null,
  headline tsvector not null,
  head tsvector not null,
  document tsvector not null,
  primary key (article_id, language)
);
create index on edition.article_search (place);
-- An index of its own for each configuration: what one language is searched for never leads to texts of another.
${CONFIGURATIONS.map(
  (name) => `
create index article_search_headline_${name}_idx on edition.article_search using gin (headline)
  where configuration = 'public.colophon_${name}'::regconfig;
create index article_search_head_${name}_idx on edition.article_search using gin (head)
  where configuration = 'public.colophon_${name}'::regconfig;
create index article_search_document_${name}_idx on edition.article_search using gin (document)
  where configuration = 'public.colophon_${name}'::regconfig;`,
).join('')}
create table edition.article_search_text (
  article_id uuid not null,
  language text not null,
  headline text not null,
  dek text not null,
  names text not null,
  body text not null,
  folded text not null,
  primary key (article_id, language),
  foreign key (article_id, language) references edition.article_search on delete cascade
);
create index article_search_text_folded_idx on edition.article_search_text using gin (folded public.gin_trgm_ops);

create table edition.edition_event (
  id bigint generated always as identity primary key,
  position bigint unique,
  article_id uuid not null,
  edition_number integer not null,
  is_withdrawal boolean not null,
  at timestamptz not null default now()
);
create index on edition.edition_event (article_id, position);
create index on edition.edition_event (is_withdrawal, position);
create sequence edition.event_position;
-- Positions are taken one transaction after the other, as each commits: who has read up to one never misses a smaller one.
create function edition.place_event() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('colophon edition event'));
  update edition.edition_event set position = nextval('edition.event_position') where id = new.id;
  return null;
end $$;
create constraint trigger edition_event_is_placed after insert on edition.edition_event
  deferrable initially deferred for each row execute function edition.place_event();

create trigger edition_is_immutable before update or delete on edition.edition
  for each row execute function desk.refuse_change();
create trigger edition_text_is_immutable before update or delete on edition.edition_text
  for each row execute function desk.refuse_change();
create trigger document_is_immutable before update or delete on desk.document
  for each row execute function desk.refuse_change();
create trigger revision_is_immutable before update on desk.revision
  for each row execute function desk.refuse_change();
create trigger revision_goes_with_its_article before delete on desk.revision
  for each row when (pg_trigger_depth() = 0) execute function desk.refuse_change();
create trigger edition_is_kept before truncate on edition.edition
  for each statement execute function desk.refuse_change();
create trigger edition_text_is_kept before truncate on edition.edition_text
  for each statement execute function desk.refuse_change();
create trigger document_is_kept before truncate on desk.document
  for each statement execute function desk.refuse_change();
create trigger revision_is_kept before truncate on desk.revision
  for each statement execute function desk.refuse_change();
`;

/** What servers on one database tell each other. It may be lost: whoever asked for much then begins anew. */
const SERVER = `
create schema server;
create unlogged table server.client_cost (
  client text primary key,
  level double precision not null,
  at timestamptz not null
);
`;

/** Who may work at the desk. Of secrets there are only hashes: SHA-256 of what is random, argon2id of passwords. */
const ACCOUNTS = `
create schema account;
create table account.account (
  id uuid primary key default gen_random_uuid(),
  email text not null unique check (length(email) between 3 and 254),
  name text not null check (length(name) between 1 and 200),
  password_hash text,
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);
create table account.role (
  account_id uuid not null references account.account,
  role text not null
    check (role in ('READER', 'CONTRIBUTOR', 'TRANSLATOR', 'EDITOR', 'RIGHTS_MANAGER', 'ADMIN')),
  languages text[] not null default '{}',
  primary key (account_id, role),
  constraint role_has_languages check ((role = 'TRANSLATOR') = (cardinality(languages) > 0))
);
create index on account.role (role);

create table account.session (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references account.account,
  address text,
  user_agent text,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  end_reason text
    check (end_reason in ('SIGNED_OUT', 'REVOKED', 'REPLAYED', 'PASSWORD_CHANGED', 'PASSWORD_RESET', 'DISABLED'))
);
create index on account.session (account_id);
create index on account.session (expires_at);
create table account.session_secret (
  hash bytea primary key,
  session_id uuid not null references account.session on delete cascade,
  replaced_at timestamptz
);
create index on account.session_secret (session_id);

create table account.api_token (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references account.account,
  name text not null check (length(name) between 1 and 200),
  hash bytea not null unique,
  scopes text[] not null check (scopes <@ array['READ_DESK', 'WRITE', 'PUBLISH', 'ADMIN']),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index on account.api_token (account_id);

create table account.oidc_identity (
  issuer text not null,
  subject text not null,
  account_id uuid not null references account.account,
  created_at timestamptz not null default now(),
  primary key (issuer, subject)
);
create index on account.oidc_identity (account_id);

create table account.password_secret (
  account_id uuid primary key references account.account,
  hash bytea not null unique,
  expires_at timestamptz not null
);
create table account.sign_in_attempt (
  subject text primary key,
  attempts integer not null,
  since timestamptz not null default now()
);
create index on account.sign_in_attempt (since);
create table account.oidc_flow (
  state_hash bytea primary key,
  nonce text not null,
  verifier text not null,
  challenge text not null,
  expires_at timestamptz not null
);
create table account.sign_in_code (
  hash bytea primary key,
  account_id uuid not null references account.account,
  challenge text not null,
  expires_at timestamptz not null
);
`;

/** Whose task a text is, who has it before their eyes, and what people tell each other of it. It needs the accounts. */
const TASKS = `
create table desk.translation_assignment (
  article_id uuid not null references desk.article on delete cascade,
  language text not null,
  assignee_id uuid not null references account.account,
  assigned_by_id uuid not null references account.account,
  assigned_at timestamptz(3) not null default now(),
  primary key (article_id, language)
);
create index translation_assignment_assignee_idx
  on desk.translation_assignment (assignee_id, assigned_at, article_id, language);
create index translation_assignment_assigned_idx on desk.translation_assignment (assigned_at, article_id, language);
create table desk.text_lock (
  translation_id uuid primary key references desk.translation on delete cascade,
  holder_id uuid not null references account.account,
  ends_at timestamptz not null
);
create index on desk.text_lock (holder_id);
create table desk.note (
  id uuid primary key default gen_random_uuid(),
  article_id uuid not null references desk.article on delete cascade,
  language text,
  block_id text,
  quote text,
  body text not null check (length(body) between 1 and 2000),
  written_by_id uuid not null references account.account,
  written_at timestamptz(3) not null default now(),
  edited_at timestamptz,
  resolved_by_id uuid references account.account,
  resolved_at timestamptz,
  constraint note_is_of_a_passage
    check ((block_id is null) = (quote is null) and (block_id is null or language is not null)),
  constraint note_is_resolved check ((resolved_by_id is null) = (resolved_at is null))
);
create index note_article_idx on desk.note (article_id, written_at, id);
create index note_written_idx on desk.note (written_at, id);
`;

/** Who did what. What stands here stands for good, and refers to nothing that could go. */
const AUDIT = `
create schema audit;
create table audit.entry (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  actor_kind text not null check (actor_kind in ('ACCOUNT', 'TOKEN', 'COMMAND', 'IMPORT', 'STRANGER')),
  actor_name text not null,
  account_id uuid,
  session_id uuid,
  token_id uuid,
  request_id text,
  address text,
  operation text not null,
  object_type text not null,
  object_id text,
  language text,
  before jsonb,
  after jsonb,
  reason text
);
create index on audit.entry (object_type, object_id, id);
create index on audit.entry (account_id, id);
create index on audit.entry (operation, id);
create trigger entry_is_immutable before update or delete on audit.entry
  for each row execute function desk.refuse_change();
create trigger entry_is_kept before truncate on audit.entry
  for each statement execute function desk.refuse_change();
`;

const UP = `${SEARCH}${DESK}${SKETCHES}${TEXTS}${PUBLISHING}${LINKS}${EDITIONS}${SERVER}${ACCOUNTS}${TASKS}${AUDIT}`;
