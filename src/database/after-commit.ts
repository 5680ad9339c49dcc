import {
  type EntityManager,
  type EntitySubscriberInterface,
  EventSubscriber,
  type TransactionCommitEvent,
} from 'typeorm';

const works = Symbol('what is done after the commit');

interface TransactionData {
  [works]?: (() => void)[];
}

/** Has something done as soon as the transaction is committed, before who began it goes on; not where it is taken back. */
export function afterCommit({ queryRunner }: EntityManager, work: () => void): void {
  if (queryRunner === undefined) throw new TypeError('only a transaction can be committed');
  ((queryRunner.data as TransactionData)[works] ??= []).push(work);
}

/** Called by TypeORM when transactions are committed. */
@EventSubscriber()
export class CommitSubscriber implements EntitySubscriberInterface {
  afterTransactionCommit({ queryRunner }: TransactionCommitEvent): void {
    // A savepoint's end commits nothing.
    if (queryRunner.isTransactionActive) return;
    for (const work of (queryRunner.data as TransactionData)[works]?.splice(0) ?? []) work();
  }
}
