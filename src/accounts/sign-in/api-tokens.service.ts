import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import type { Actor } from '../../common/actor.js';
import { InvalidValue, NotFound } from '../../common/problem.type.js';
import { Config } from '../../config.js';
import { inTransactionUnlessProblem } from '../../database/transaction.js';
import { readName } from '../account-fields.js';
import { AuditTrail } from '../audit/audit-trail.js';
import type { Scope } from '../permissions.js';
import { newSecret } from '../secrets.js';
import { Viewer } from '../viewer.js';
import { ApiTokenEntity } from './credential.entity.js';

/** An account has a few; more would be a mistake, or mischief. */
const TOKENS_MAX = 50;

/** What a new token is to be. */
export interface TokenWish {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly days: number;
}

/** A token with its secret, to be shown once. */
export interface NewApiToken {
  readonly secret: string;
  readonly token: ApiTokenEntity;
}

/** Makes and revokes personal API tokens. */
@Injectable()
export class ApiTokensService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly trail: AuditTrail,
    private readonly config: Config,
  ) {}

  /** Makes a token for who asks. It may do what its account may, as far as its scopes go. Problem: InvalidValue. */
  async create({ account, actor }: Viewer, wish: TokenWish): Promise<NewApiToken | InvalidValue> {
    const { tokenDaysMax } = this.config;
    const name = readName(wish.name);
    if (name instanceof InvalidValue) return name;
    if (wish.days < 1 || wish.days > tokenDaysMax) return new InvalidValue('days', `must be from 1 to ${tokenDaysMax}`);
    const scopes = [...new Set(wish.scopes)].sort();
    if (scopes.length === 0) return new InvalidValue('scopes', 'must name one at least');
    return inTransactionUnlessProblem(this.dataSource, async (manager) => {
      // One after the other, so that many at once are counted.
      await manager.query('select 1 from account.account where id = $1 for update', [account.id]);
      const [{ count = 0 } = {}] = await manager.query<{ count?: number }[]>(
        `select count(*)::integer as count from account.api_token
         where account_id = $1 and revoked_at is null and expires_at > now()`,
        [account.id],
      );
      if (count >= TOKENS_MAX)
        return new InvalidValue('name', `can not be given: there are ${TOKENS_MAX} tokens already`);
      const secret = newSecret('apiToken');
      const [made] = await manager.query<{ id: string }[]>(
        `insert into account.api_token (account_id, name, hash, scopes, expires_at)
         values ($1, $2, $3, $4, now() + $5 * interval '1 day') returning id`,
        [account.id, name, secret.hash, scopes, wish.days],
      );
      const token = await manager.findOneByOrFail(ApiTokenEntity, { id: made?.id ?? '' });
      await this.trail.record(manager, actor, {
        operation: 'apiToken.create',
        objectType: 'ApiToken',
        objectId: token.id,
        after: { name, scopes, expiresAt: token.expiresAt.toISOString() },
      });
      return { secret: secret.text, token };
    });
  }

  /** Revokes a token of who asks. Problem: NotFound, for those of others too. */
  async revoke({ account, actor }: Viewer, tokenId: string): Promise<ApiTokenEntity | NotFound> {
    return inTransactionUnlessProblem(this.dataSource, async (manager) => {
      const token = await manager.findOneBy(ApiTokenEntity, { id: tokenId, accountId: account.id });
      if (token === null) return new NotFound('apiTokenId');
      if (token.revokedAt === null) await this.#revoke(manager, actor, token);
      return manager.findOneByOrFail(ApiTokenEntity, { id: tokenId });
    });
  }

  /** Revokes every token of an account. */
  async revokeAll(manager: EntityManager, actor: Actor, accountId: string): Promise<void> {
    const tokens = await manager.findBy(ApiTokenEntity, { accountId, revokedAt: IsNull() });
    for (const token of tokens) await this.#revoke(manager, actor, token);
  }

  async #revoke(manager: EntityManager, actor: Actor, { id, name }: ApiTokenEntity): Promise<void> {
    await manager.update(ApiTokenEntity, { id }, { revokedAt: () => 'now()' });
    const before = { name };
    await this.trail.record(manager, actor, {
      operation: 'apiToken.revoke',
      objectType: 'ApiToken',
      objectId: id,
      before,
    });
  }
}
