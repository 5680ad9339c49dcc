import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import DataLoader from 'dataloader';
import { DataSource } from 'typeorm';
import type { DeskContext, DeskRequest } from '../accounts/viewer.js';
import { listArticleFacts } from './article-facts.js';
import { DeskArticle } from './desk-article.type.js';
import { listRevisionFacts } from './revision-facts.js';
import { Revision } from './revision.type.js';
import { listTextFacts } from './text-facts.js';
import { Translation } from './translation.type.js';

/** Reads one kind of thing for several ids by one statement; ids that there is nothing for are left out. */
export type Batch<Value, Wish = undefined> = (
  dataSource: DataSource,
  ids: readonly string[],
  wish: Wish,
) => Promise<ReadonlyMap<string, Value>>;

/** What one request reads of the desk: what is asked for in one go comes by one statement, and nothing comes twice. */
export class RequestReads {
  readonly #loaders = new Map<unknown, Map<string, DataLoader<string, unknown>>>();

  constructor(private readonly dataSource: DataSource) {}

  /** What a batch has for an id; null where it has nothing. */
  async find<Value>(batch: Batch<Value>, id: string): Promise<Value | null>;
  async find<Value, Wish>(batch: Batch<Value, Wish>, id: string, wish: Wish): Promise<Value | null>;
  async find<Value, Wish>(batch: Batch<Value, Wish | undefined>, id: string, wish?: Wish): Promise<Value | null> {
    return (await this.#loaderOf(batch, wish).load(id)) as Value | null;
  }

  /** Notes what was read by another statement: it is not read again. */
  note<Value>(batch: Batch<Value>, id: string, value: Value): void {
    this.#loaderOf(batch, undefined).prime(id, value);
  }

  /** The loader of a batch with one wish: only what is wished alike can be read together. */
  #loaderOf<Value, Wish>(batch: Batch<Value, Wish>, wish: Wish): DataLoader<string, unknown> {
    const ofBatch = this.#loaders.get(batch) ?? new Map<string, DataLoader<string, unknown>>();
    this.#loaders.set(batch, ofBatch);
    const key = JSON.stringify(wish ?? null);
    let loader = ofBatch.get(key);
    if (loader === undefined) {
      loader = new DataLoader<string, unknown>(async (ids) => {
        const found = await batch(this.dataSource, ids, wish);
        return ids.map((id) => found.get(id) ?? null);
      });
      ofBatch.set(key, loader);
    }
    return loader;
  }
}

/** Gives each request its own reads of the desk, and what they lead to as answers have it. */
@Injectable()
export class DeskReads {
  readonly #byRequest = new WeakMap<DeskRequest, RequestReads>();

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The reads of a request. */
  of({ req }: DeskContext): RequestReads {
    const reads = this.#byRequest.get(req) ?? new RequestReads(this.dataSource);
    this.#byRequest.set(req, reads);
    return reads;
  }

  /** Forgets what a request has read, since it has changed something. */
  forget({ req }: DeskContext): void {
    this.#byRequest.delete(req);
  }

  /** An article as it is now; null where there is none. */
  async findArticle(context: DeskContext, articleId: string): Promise<DeskArticle | null> {
    const facts = await this.of(context).find(listArticleFacts, articleId);
    return facts === null ? null : new DeskArticle(facts);
  }

  /** An article that there is. */
  async getArticle(context: DeskContext, articleId: string): Promise<DeskArticle> {
    return (await this.findArticle(context, articleId)) ?? gone();
  }

  /** A text as it is now; null where there is none. */
  async findTranslation(context: DeskContext, translationId: string): Promise<Translation | null> {
    const facts = await this.of(context).find(listTextFacts, translationId);
    return facts === null ? null : new Translation(facts);
  }

  /** A text that there is. */
  async getTranslation(context: DeskContext, translationId: string): Promise<Translation> {
    return (await this.findTranslation(context, translationId)) ?? gone();
  }

  /** A revision; null where there is none. */
  async findRevision(context: DeskContext, revisionId: string | null): Promise<Revision | null> {
    const facts = revisionId === null ? null : await this.of(context).find(listRevisionFacts, revisionId);
    return facts === null ? null : new Revision(facts);
  }

  /** A revision that there is. */
  async getRevision(context: DeskContext, revisionId: string): Promise<Revision> {
    return (await this.findRevision(context, revisionId)) ?? gone();
  }
}

function gone(): never {
  throw new TypeError('what was there a moment ago is gone from the desk');
}
