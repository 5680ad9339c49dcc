-- Gives a desk that multiply-desk.sql has made what people would have left there: of translations, one in a hundred is a
-- draft, one in a thousand approved; 500 articles are withdrawn, 300 texts scheduled, 200 articles of a kind that is rare, 400
-- blocked by what documents were found to lack.
begin;
update desk.translation set state = 'PUBLISHED' where right(md5(id::text), 2) not in ('00', '7f', 'ff');
update desk.translation set state = 'APPROVED' where right(md5(id::text), 3) = '000';
update desk.translation set method = 'HUMAN' where not is_original and right(md5(id::text || 'm'), 2) <> '00';
update desk.article set kind = 'GALLERY' where id in (select id from desk.article order by md5(id::text) limit 200);
insert into desk.finding (article_id, position, code, severity, language, path, message)
select id, 90, 'DATES_DISAGREE', 'ERROR', null, 'publishedOn', 'Two dates.' from (
  select id from desk.article order by md5(id || 'f') limit 400) a on conflict do nothing;
insert into desk.publication_schedule
  (article_id, language, revision_number, local_time, time_zone, due_at, version, scheduled_by)
select article_id, language, 1, '2044-01-01T08:00:00', 'UTC', '2044-01-01T08:00:00Z', 1, '{"name": "Bench"}'
from (select article_id, language from desk.translation order by md5(id::text) limit 300) t on conflict do nothing;
insert into edition.tombstone (article_id, reason, language)
select id, 'Withdrawn', 'en' from desk.article a
where not exists (select from edition.current_article c where c.article_id = a.id) limit 500 on conflict do nothing;
commit;
vacuum analyze desk.translation, desk.article, desk.finding, desk.publication_schedule, edition.tombstone;
