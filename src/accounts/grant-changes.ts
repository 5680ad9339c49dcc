import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../common/actor.js';
import type { RoleGrant } from './permissions.js';

/** That an account may do other things from now on. */
export interface GrantChange {
  readonly accountId: string;
  /** What it is left with; nothing where it was disabled. */
  readonly grants: readonly RoleGrant[];
  /** For people: `The account was disabled`. */
  readonly reason: string;
}

type Follower = (manager: EntityManager, actor: Actor, change: GrantChange) => Promise<void>;

/** Lets other rooms follow, in the same transaction, what an account loses: tasks that it may no longer do. */
@Injectable()
export class GrantChanges {
  readonly #followers: Follower[] = [];

  follow(follower: Follower): void {
    this.#followers.push(follower);
  }

  async tell(manager: EntityManager, actor: Actor, change: GrantChange): Promise<void> {
    for (const follower of this.#followers) await follower(manager, actor, change);
  }
}
