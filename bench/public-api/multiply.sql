-- Makes many articles of each that readers get, to measure how answers grow with them:
--   psql --set ON_ERROR_STOP=1 --file multiply.sql postgres://…/bench_100k
-- The database is a copy of one that load-articles.js has filled. Nine copies of every article, or as many as
-- `--set copies=104` says, are published on other days, spread over the whole time, so that no copy stands beside another.
-- They have ids and slugs of their own, and everything that readers' statements look at; the desk, where nobody reads,
-- stays as it is. `--set body_length=600` cuts their texts to so many characters, where a disk is short. Once only: a
-- second run fails.
\if :{?copies} \else \set copies 9 \endif
\if :{?body_length} \else \set body_length 2147483647 \endif

begin;
set local work_mem = '256MB';
set local maintenance_work_mem = '512MB';

create temporary table span on commit drop as
select min(published_on) as first_day, max(published_on) - min(published_on) + 1 as days from edition.current_article;

-- A copy's id comes of the article's and the copy's number: every run makes the same.
create temporary table copy on commit drop as
select made.*, day.published_on, day.published_on - made.old_published_on as moved_days,
  -- As the product writes places: the days since the calendar's first, then the end of the id.
  (lpad(to_hex(day.published_on - date '0001-01-01'), 6, '0') || substr(made.hex, 7))::uuid as place
from (
  select c.article_id as old_article_id, c.edition_id as old_edition_id, c.place as old_place,
    c.published_on as old_published_on, md5(c.article_id || '/' || n) as hex,
    md5(c.article_id || '/' || n)::uuid as article_id, md5(c.edition_id || '/' || n)::uuid as edition_id,
    '-copy-' || n as slug_end
  from generate_series(1, :copies) n cross join edition.current_article c
) made
cross join span s
cross join lateral (select s.first_day + ('x' || left(made.hex, 7))::bit(28)::integer % s.days as published_on) day;
analyze copy;

-- Indexes over words are built anew: to add to them row by row takes many times as long.
create temporary table word_index on commit drop as
select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam
where m.amname = 'gin' and i.indrelid in ('edition.article_search'::regclass, 'edition.article_search_text'::regclass);
do $$
declare name text;
begin
  for name in select w.name from word_index w loop
    execute 'drop index ' || name;
  end loop;
end $$;

insert into edition.edition (id, article_id, number, reason, content, evidence, issued_at)
select k.edition_id, k.article_id, e.number, e.reason, e.content, e.evidence, e.issued_at
from copy k join edition.edition e on e.id = k.old_edition_id;

insert into edition.edition_text (edition_id, language, body, html, plain)
select k.edition_id, t.language, left(t.body, :body_length), left(t.html, :body_length), left(t.plain, :body_length)
from copy k join edition.edition_text t on t.edition_id = k.old_edition_id;

-- What a row shows of its article's day, its origin's day and its slugs is changed with them; all else stays.
insert into edition.current_article (article_id, edition_id, number, issued_at, published_on, origin_on, place, facts,
  languages, original_language, publisher_language, kind, published_date, page_language, publisher_tag,
  texts, deks, publisher, origin, credits, terms, rights, notices, contact_points, links, wrappers,
  corrections)
select k.article_id, k.edition_id, c.number, c.issued_at, k.published_on, c.origin_on + k.moved_days, k.place, c.facts,
  c.languages, c.original_language, c.publisher_language, c.kind, left(k.published_on::text, length(c.published_date)),
  c.page_language, c.publisher_tag,
  regexp_replace(c.texts::text, '("slug":"[^"]*)', '\1' || k.slug_end, 'g')::json, c.deks, c.publisher,
  case when c.origin_on is null then c.origin else
    regexp_replace(c.origin::text, '("publishedOn":")[^"]*', '\1' || (c.origin_on + k.moved_days)::text)::json end,
  c.credits, c.terms, c.rights, c.notices, c.contact_points, c.links, c.wrappers, c.corrections
from copy k join edition.current_article c on c.article_id = k.old_article_id;

insert into edition.article_fact (fact, place)
select unnest(c.facts), k.place
from copy k join edition.current_article c on c.article_id = k.article_id
order by 1, 2;

insert into edition.article_headline (place, language, language_set, headline)
select k.place, h.language, h.language_set, h.headline
from copy k join edition.article_headline h on h.place = k.old_place;

insert into edition.article_slug (slug, article_id)
select s.slug || k.slug_end, k.article_id
from copy k join edition.article_slug s on s.article_id = k.old_article_id;

create function pg_temp.moved(words tsvector, from_day date, to_day date) returns tsvector language sql as $$
  select ts_delete(words, tsvector_to_array(edition.era_of(from_day))) || edition.era_of(to_day)
$$;
-- Headlines have the year behind each word, too.
create function pg_temp.moved_headline(words tsvector, from_day date, to_day date) returns tsvector language sql as $$
  select base || edition.era_of(to_day) || edition.dated_words(base, to_day)
  from (select ts_delete(words, array(
    select lexeme from unnest(words) where lexeme like '% ' || to_char(from_day, 'YYYY'))) as base) b
$$;
insert into edition.article_search
  (article_id, language, configuration, place, published_on, origin_on, languages, facts, headline, head, document)
select k.article_id, s.language, s.configuration, k.place, k.published_on, s.origin_on + k.moved_days,
  s.languages, s.facts, pg_temp.moved_headline(s.headline, k.old_published_on, k.published_on),
  pg_temp.moved(s.head, k.old_published_on, k.published_on), pg_temp.moved(s.document, k.old_published_on, k.published_on)
from copy k join edition.article_search s on s.article_id = k.old_article_id;

insert into edition.article_search_text (article_id, language, headline, dek, names, body, folded)
select k.article_id, t.language, t.headline, t.dek, t.names, left(t.body, :body_length), t.folded
from copy k join edition.article_search_text t on t.article_id = k.old_article_id;

do $$
declare definition text;
begin
  for definition in select w.definition from word_index w loop
    execute definition;
  end loop;
end $$;
commit;

vacuum (analyze);
select count(*) as articles from edition.current_article;
