import { Client } from 'pg';

/** Articles that are read at a time: their bodies are most of the data. */
const STRETCH = 500;

const REFERENCES = {
  licences: 'select id, code, name, url from licence order by id',
  publishers: 'select id, slug, name, url from publisher order by id',
  contacts: 'select id, publisher_id as "publisherId", kind, value from contact order by id',
  sources: 'select id, slug, name, url from source order by id',
  authors: 'select id, name from author order by id',
  regions: 'select id, slug, label_en as en, label_fr as fr from region order by id',
  themes: 'select id, slug, label_en as en, label_fr as fr from theme order by id',
};

// Moments as text, in UTC: nothing of them is lost, whatever the zone of this machine.
const moment = (column) => `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

const ARTICLES = `
select a.id, a.slug, a.kind, a.publisher_id as "publisherId", a.source_id as "sourceId", a.licence_id as "licenceId",
  a.original_url as "originalUrl", ${moment('a.original_published_at')} as "originalPublishedAt",
  case when a.status = 'published' then ${moment('a.published_at')} end as "publishedAt",
  array(select author_id from article_author x where x.article_id = a.id order by position) as authors,
  array(select region_id from article_region x where x.article_id = a.id order by region_id) as regions,
  array(select theme_id from article_theme x where x.article_id = a.id order by theme_id) as themes,
  (select json_agg(json_build_object('language', locale, 'headline', title, 'dek', dek, 'body', body) order by id)
   from article_translation t where t.article_id = a.id) as texts
from article a where a.id > $1 order by a.id limit ${STRETCH}`;

/** The bench's articles as its normalised tables have them. */
export class Dataset {
  #client;

  constructor(client) {
    this.#client = client;
  }

  static async open(connectionString) {
    const client = new Client({ connectionString });
    await client.connect();
    return new Dataset(client);
  }

  /** What articles refer to: a list of each kind. */
  async references() {
    const lists = {};
    for (const [kind, text] of Object.entries(REFERENCES)) lists[kind] = (await this.#client.query(text)).rows;
    return lists;
  }

  /** Every article, published or not, with its texts. */
  async *articles() {
    for (let last = 0; ;) {
      const { rows } = await this.#client.query(ARTICLES, [last]);
      if (rows.length === 0) return;
      yield* rows;
      last = rows.at(-1).id;
    }
  }

  async close() {
    await this.#client.end();
  }
}
