import type { MigrationInterface } from 'typeorm';
import { LayDeskAndEditions1774224000000 } from './migrations/1-lay-desk-and-editions.js';

/** Every migration, oldest first. A migration that was released is never changed, moved or taken out. */
export const migrations: readonly (new () => MigrationInterface)[] = [LayDeskAndEditions1774224000000];
