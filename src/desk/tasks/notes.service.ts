import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditTrail } from '../../accounts/audit/audit-trail.js';
import type { Actor } from '../../common/actor.js';
import type { LanguageTag } from '../../common/language-tag.js';
import { NotFound } from '../../common/problem.type.js';
import { inTransactionUnlessProblem } from '../../database/transaction.js';
import { passagesOf } from '../../texts/revision-text.js';
import { findText } from '../../texts/text-state.js';
import { NOTE_COLUMNS, NOTE_PEOPLE, type NoteFacts } from './task-facts.js';
import { NoteIsResolved, NotYourNote } from './tasks.problems.js';

/** So much of a passage is kept with a note of it. */
const QUOTE_MAX = 300;

/** What a note is of, and what it says. */
export interface NoteWish {
  readonly articleId: string;
  readonly language: LanguageTag | null;
  /** A passage of the text in the language; null for all of it. */
  readonly blockId: string | null;
  readonly body: string;
}

/** What people at the desk tell each other. Who may, is asked before. */
@Injectable()
export class NotesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly trail: AuditTrail,
  ) {}

  /** Writes a note. A language need have no text yet; a passage is one of the text as it is now. Problem: NotFound. */
  async add(actor: Actor, accountId: string, wish: NoteWish): Promise<NoteFacts | NotFound> {
    const { articleId, language, blockId, body } = wish;
    return inTransactionUnlessProblem(this.dataSource, async (manager) => {
      const [article] = await manager.query<unknown[]>('select 1 from desk.article where id = $1 for key share', [
        articleId,
      ]);
      if (article === undefined) return new NotFound('articleId');
      const quote = blockId === null ? null : await findQuote(manager, wish, blockId);
      if (blockId !== null && quote === null) return new NotFound('blockId');
      const [row] = await manager.query<{ id: string }[]>(ADD, [articleId, language, blockId, quote, body, accountId]);
      const note = await getNote(manager, row?.id ?? '');
      const after = { articleId, ...(blockId === null ? {} : { blockId }) };
      await this.#record(manager, actor, 'note.write', note, null, after);
      return note;
    });
  }

  /**
   * Words a note anew that is one's own, and not resolved yet. How it read before stays in the audit trail: others may have
   * gone by it. Problems: NotFound, NotYourNote, NoteIsResolved.
   */
  async edit(
    actor: Actor,
    accountId: string,
    noteId: string,
    body: string,
  ): Promise<NoteFacts | NotFound | NotYourNote | NoteIsResolved> {
    return inTransactionUnlessProblem(this.dataSource, async (manager) => {
      const note = await findNoteForUpdate(manager, noteId);
      if (note === null) return new NotFound('noteId');
      if (note.writtenBy.id !== accountId) return new NotYourNote();
      if (note.resolvedAt !== null) return new NoteIsResolved();
      if (note.body === body) return note;
      await manager.query('update desk.note set body = $2, edited_at = now() where id = $1', [noteId, body]);
      await this.#record(manager, actor, 'note.edit', note, { body: note.body }, { body });
      return getNote(manager, noteId);
    });
  }

  /** Says that what a note is about is settled. Whoever said so first is remembered. Problem: NotFound. */
  async resolve(actor: Actor, accountId: string, noteId: string): Promise<NoteFacts | NotFound> {
    return inTransactionUnlessProblem(this.dataSource, async (manager) => {
      const note = await findNoteForUpdate(manager, noteId);
      if (note === null) return new NotFound('noteId');
      if (note.resolvedAt !== null) return note;
      await manager.query('update desk.note set resolved_by_id = $2, resolved_at = now() where id = $1', [
        noteId,
        accountId,
      ]);
      await this.#record(manager, actor, 'note.resolve', note, { isResolved: false }, { isResolved: true });
      return getNote(manager, noteId);
    });
  }

  async #record(
    manager: EntityManager,
    actor: Actor,
    operation: string,
    { id, language }: NoteFacts,
    before: Readonly<Record<string, unknown>> | null,
    after: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.trail.record(manager, actor, { operation, objectType: 'Note', objectId: id, language, before, after });
  }
}

/** How a passage begins; null where the text has none of that id, or there is no text. */
async function findQuote(
  manager: EntityManager,
  { articleId, language }: NoteWish,
  blockId: string,
): Promise<string | null> {
  const [row] = await manager.query<{ id: string }[]>(
    'select id from desk.translation where article_id = $1 and language = $2',
    [articleId, language],
  );
  const text = row === undefined ? null : await findText(manager, row.id);
  const passage = text === null ? undefined : passagesOf(text).find(({ id }) => id === blockId);
  if (passage === undefined) return null;
  const characters = [...passage.text];
  return characters.length <= QUOTE_MAX ? characters.join('') : `${characters.slice(0, QUOTE_MAX - 1).join('')}…`;
}

async function findNoteForUpdate(manager: EntityManager, noteId: string): Promise<NoteFacts | null> {
  const [note] = await manager.query<NoteFacts[]>(`${NOTE} for update of n`, [noteId]);
  return note ?? null;
}

async function getNote(manager: EntityManager, noteId: string): Promise<NoteFacts> {
  const [note] = await manager.query<NoteFacts[]>(NOTE, [noteId]);
  if (note === undefined) throw new TypeError('a note vanished while it was written');
  return note;
}

const NOTE = `select ${NOTE_COLUMNS} from desk.note n ${NOTE_PEOPLE} where n.id = $1`;

const ADD = `
insert into desk.note (article_id, language, block_id, quote, body, written_by_id) values ($1, $2, $3, $4, $5, $6)
returning id`;
