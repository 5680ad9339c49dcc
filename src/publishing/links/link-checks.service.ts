import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { LanguageTag } from '../../common/language-tag.js';
import { Config } from '../../config.js';
import { inTransaction } from '../../database/transaction.js';
import { IS_LIVING } from '../../texts/translation-states.js';
import { HostTurns } from './host-turns.js';
import { LINK_OUTCOMES, type LinkAnswer, type LinkOutcome, type LinkTrial, tryLink } from './try-link.js';

/** How links are tried. */
export interface LinkPace {
  /** After each request to a host. */
  readonly pauseMs: number;
  readonly timeoutMs: number;
}

export const LINK_PACE: LinkPace = { pauseMs: 1_000, timeoutMs: 10_000 };

/** A link, and where in an article it stands. */
interface LinkUse {
  readonly articleId: string;
  /** Null where it concerns all languages. */
  readonly language: LanguageTag | null;
  readonly path: string;
  readonly url: string;
}

/** What came of checking the links of some articles. */
export interface LinkReport {
  readonly articles: number;
  /** Different addresses, by what came of them; what was known already is not tried again. */
  readonly links: Readonly<Record<LinkOutcome, number>>;
  readonly tried: number;
  readonly dead: readonly (Omit<LinkUse, 'path'> & { readonly path: string; readonly detail: string })[];
}

/** An article's links are looked at again after so many days, and as soon as it was changed. */
const RECHECK_DAYS = 30;

/** So many hosts are asked at once. */
const HOSTS_AT_ONCE = 4;

/** So many articles the background takes at a time, and how long it rests then. */
const BATCH = 20;
const REST_MS = 60_000;

/** Finds out which links of articles lead nowhere, in the background: no request ever waits for it. */
@Injectable()
export class LinkChecksService implements OnApplicationShutdown {
  readonly #logger = new Logger('Links');
  readonly #stopping = new AbortController();
  #working: Promise<void> | null = null;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly config: Config,
  ) {}

  /** Begins to check links in the background, until the application stops. */
  begin(): void {
    this.#working ??= this.#work();
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stopping.abort();
    await this.#working;
  }

  /** Checks the links of the articles that have waited longest, of those where it is time. */
  async check(limit: number, { pauseMs, timeoutMs } = LINK_PACE): Promise<LinkReport> {
    const articleIds = await this.#claim(limit);
    const uses = await this.#listUses(articleIds);
    await this.dataSource.query(FORGET_USES, [articleIds]);
    await this.dataSource.query(KEEP_USES, [
      uses.map(({ articleId }) => articleId),
      uses.map(({ language }) => language),
      uses.map(({ path }) => path),
      uses.map(({ url }) => hashOf(url)),
    ]);
    const urls = [...new Set(uses.map(({ url }) => url))];
    const answers = await this.#known(urls);
    const trial: LinkTrial = {
      turns: new HostTurns(pauseMs),
      timeoutMs,
      isPrivateAllowed: this.config.linkChecksPrivate,
      signal: this.#stopping.signal,
    };
    const waiting = urls.filter((url) => !answers.has(url));
    const tried = waiting.length;
    await Promise.all(
      Array.from({ length: HOSTS_AT_ONCE }, async () => {
        for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
          const answer = await tryLink(url, trial);
          answers.set(url, answer);
          await this.dataSource.query(KEEP_ANSWER, [hashOf(url), url, answer.outcome, answer.detail]);
        }
      }),
    );
    return reportOf(articleIds.length, tried, uses, answers);
  }

  async #work(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        const { tried, dead } = await this.check(BATCH);
        if (tried > 0) this.#logger.debug(`${tried} links tried, ${dead.length} dead`);
      } catch (error) {
        this.#logger.debug(`No links are checked: ${(error as Error).message}`);
      }
      await sleep(REST_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Articles are taken one process after the other, so that no two ask the same. Whoever dies over them leaves them for later. */
  async #claim(limit: number): Promise<string[]> {
    return inTransaction(this.dataSource, async (manager) => {
      await manager.query(`select pg_advisory_xact_lock(hashtext('colophon links'))`);
      const rows = await manager.query<{ articleId: string }[]>(CLAIM, [limit, RECHECK_DAYS]);
      return rows.map(({ articleId }) => articleId);
    });
  }

  async #listUses(articleIds: readonly string[]): Promise<LinkUse[]> {
    const uses = await this.dataSource.query<LinkUse[]>(DETAIL_LINKS, [articleIds]);
    const bodies = await this.dataSource.query<{ articleId: string; language: LanguageTag; body: string }[]>(BODIES, [
      articleIds,
    ]);
    const { linksOfMarkdown } = await import('./links-of-markdown.js');
    const inBodies = bodies.flatMap(({ articleId, language, body }) =>
      linksOfMarkdown(body).map((url) => ({ articleId, language, path: 'text.body', url })),
    );
    return [...uses, ...inBodies];
  }

  /** What is known of links and not too old. What was dead is tried again: it may have come back. */
  async #known(urls: readonly string[]): Promise<Map<string, LinkAnswer>> {
    const rows = await this.dataSource.query<(LinkAnswer & { url: string })[]>(KNOWN, [urls.map(hashOf), RECHECK_DAYS]);
    return new Map(rows.map(({ url, outcome, detail }) => [url, { outcome, detail }]));
  }
}

function hashOf(url: string): Buffer {
  return createHash('sha256').update(url).digest();
}

function reportOf(
  articles: number,
  tried: number,
  uses: readonly LinkUse[],
  answers: ReadonlyMap<string, LinkAnswer>,
): LinkReport {
  const count = (wanted: LinkOutcome): number =>
    [...answers.values()].filter(({ outcome }) => outcome === wanted).length;
  const links = Object.fromEntries(LINK_OUTCOMES.map((one) => [one, count(one)])) as Record<LinkOutcome, number>;
  const dead = uses.flatMap((use) => {
    const answer = answers.get(use.url);
    return answer?.outcome === 'DEAD' ? [{ ...use, detail: answer.detail }] : [];
  });
  return { articles, links, tried, dead };
}

const CLAIM = `
insert into desk.link_walk (article_id)
select a.id from desk.article a left join desk.link_walk w on w.article_id = a.id
where w.article_id is null or w.walked_at < now() - $2 * interval '1 day' or a.updated_at > w.walked_at
  or exists (select from desk.translation t where t.article_id = a.id and t.updated_at > w.walked_at)
order by w.walked_at nulls first, a.id limit $1
on conflict (article_id) do update set walked_at = now()
returning article_id as "articleId"`;

const DETAIL_LINKS = `
select o.article_id as "articleId", null as language, 'origin.url' as path, o.url from desk.origin o
where o.article_id = any ($1) and o.url ~ '^https?://'
union all
select l.article_id, null, 'links[' || l.position || '].url', l.url from desk.article_link l
where l.article_id = any ($1) and l.url ~ '^https?://'`;

const BODIES = `
select t.article_id as "articleId", t.language, r.body from desk.translation t
cross join lateral (select r.body from desk.revision r where r.translation_id = t.id order by r.number desc limit 1) r
where t.article_id = any ($1) and ${IS_LIVING}`;

const FORGET_USES = 'delete from desk.link_use where article_id = any ($1)';

const KEEP_USES = `
insert into desk.link_use (article_id, language, path, hash)
select * from unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[])`;

const KNOWN = `
select url, outcome, detail from desk.link_check
where hash = any ($1) and outcome <> 'DEAD' and checked_at > now() - $2 * interval '1 day'`;

const KEEP_ANSWER = `
insert into desk.link_check (hash, url, outcome, detail) values ($1, $2, $3, $4)
on conflict (hash) do update set outcome = excluded.outcome, detail = excluded.detail, checked_at = now()`;
