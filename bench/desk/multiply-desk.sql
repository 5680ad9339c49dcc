-- Gives the desk the copies that bench/public-api/multiply.sql has given to readers, under the same ids:
--   psql --set ON_ERROR_STOP=1 --file multiply-desk.sql postgres://…/bench_desk
-- Everything that the desk's lists look at is copied. Texts are cut to 2,000 characters; every tenth translation of a copy
-- is out of date, and what was changed last is spread over two years. As many copies as `--set copies=49` says, nine
-- unless it says so, as for multiply.sql. Once only: a second run fails.
\if :{?copies} \else \set copies 9 \endif

begin;
select set_config('bench.copies', :'copies', true);
set local work_mem = '256MB';
set local maintenance_work_mem = '512MB';

do $$
declare
  t record;
  listed text;
  made text;
begin
  for t in select * from (values
    ('article'), ('origin'), ('revision'), ('translation'), ('slug'), ('credit'), ('article_term'), ('article_link'),
    ('copyright_notice'), ('article_notice'), ('article_reuse_term'), ('article_contact_point'), ('finding')) as x (name)
  loop
    select string_agg(quote_ident(c.column_name), ', ' order by c.ordinal_position),
      string_agg(case
        when c.column_name in ('article_id', 'translation_id', 'source_revision_id')
          or (c.column_name = 'id' and t.name in ('article', 'translation', 'revision'))
          then format('md5(o.%I || ''/'' || n)::uuid', c.column_name)
        when c.column_name = 'slug' then 'o.slug || ''-copy-'' || n'
        when c.column_name = 'body' then 'left(o.body, 2000)'
        when c.column_name = 'blocks' then 'null'
        when c.column_name in ('updated_at', 'created_at')
          then format('o.%I - (''x'' || left(md5(o::text || n), 7))::bit(28)::integer * interval ''0.23 seconds''', c.column_name)
        else format('o.%I', c.column_name) end, ', ' order by c.ordinal_position)
    into listed, made
    from information_schema.columns c where c.table_schema = 'desk' and c.table_name = t.name;
    -- A revision is of a translation, and a translation is made from a revision: both are there before either is looked at.
    if t.name = 'revision' then
      alter table desk.revision drop constraint revision_translation_id_fkey;
    end if;
    execute format('insert into desk.%I (%s) select %s from desk.%I o cross join generate_series(1, %s) n',
      t.name, listed, made, t.name, current_setting('bench.copies'));
    raise notice '%', t.name;
  end loop;
  alter table desk.revision add constraint revision_translation_id_fkey
    foreign key (translation_id) references desk.translation on delete cascade;
end $$;

-- Revisions came before their translations: their headlines were not kept.
insert into desk.text_headline (article_id, language, is_original, headline)
select t.article_id, t.language, t.is_original, left(r.headline, 150) from desk.translation t
cross join lateral (select n.headline from desk.revision n where n.translation_id = t.id order by n.number desc limit 1) r
on conflict do nothing;
insert into desk.outdated_text (translation_id, article_id, language, passages)
select t.id, t.article_id, t.language, 1 + ('x' || right(md5(t.id::text), 1))::bit(4)::integer % 5
from desk.translation t where not t.is_original and right(t.id::text, 1) in ('0', '8')
  and not exists (select from desk.outdated_text o where o.translation_id = t.id);
commit;
vacuum analyze;
