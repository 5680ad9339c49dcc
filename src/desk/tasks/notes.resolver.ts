import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Permits } from '../../accounts/permits.js';
import { type DeskContext, signedIn } from '../../accounts/viewer.js';
import { idOf } from '../../common/global-id.js';
import { InvalidValue, NotFound, Problem } from '../../common/problem.type.js';
import { DeskReads } from '../desk-reads.js';
import { NotesService } from './notes.service.js';
import { AddNoteInput, EditNoteInput, ResolveNoteInput } from './tasks.inputs.js';
import {
  AddNoteResult,
  EditNoteResult,
  NoteAdded,
  NoteEdited,
  NoteResolved,
  ResolveNoteResult,
} from './tasks-results.type.js';
import { Note } from './tasks.type.js';

const BODY_LENGTH_MAX = 2_000;

@Resolver()
export class NotesResolver {
  constructor(
    private readonly notes: NotesService,
    private readonly reads: DeskReads,
  ) {}

  @Permits('note.write')
  @Mutation(() => AddNoteResult, {
    description: 'Tells the others at the desk something of an article, of one language of it, or of a passage.',
  })
  async addNote(
    @Args('input', { description: 'What, and of what.' }) input: AddNoteInput,
    @Context() context: DeskContext,
  ): Promise<typeof AddNoteResult> {
    const viewer = await signedIn(context);
    const { body, language = null, blockId = null } = input;
    if (language !== null) viewer.demand('note.write', language);
    const articleId = idOf('Article', input.articleId);
    if (articleId === null) return new NotFound('articleId');
    const refused = refuseBody(body);
    if (refused !== null) return refused;
    if (blockId !== null && language === null) return new InvalidValue('language', 'must be given with a block');
    const result = await this.notes.add(viewer.actor, viewer.account.id, { articleId, language, blockId, body });
    this.reads.forget(context);
    return result instanceof Problem ? result : new NoteAdded(new Note(result));
  }

  @Permits('note.write')
  @Mutation(() => EditNoteResult, {
    description:
      'Words a note of yours anew, as long as it is not resolved. How it read before stays in the audit trail.',
  })
  async editNote(
    @Args('input', { description: 'Which note, and what it is to say.' }) input: EditNoteInput,
    @Context() context: DeskContext,
  ): Promise<typeof EditNoteResult> {
    const viewer = await signedIn(context);
    const noteId = idOf('Note', input.noteId);
    if (noteId === null) return new NotFound('noteId');
    const refused = refuseBody(input.body);
    if (refused !== null) return refused;
    const result = await this.notes.edit(viewer.actor, viewer.account.id, noteId, input.body);
    this.reads.forget(context);
    return result instanceof Problem ? result : new NoteEdited(new Note(result));
  }

  @Permits('note.write')
  @Mutation(() => ResolveNoteResult, {
    description: 'Says that what a note is about is settled, whoever has written it. It stays, as it is then.',
  })
  async resolveNote(
    @Args('input', { description: 'Which note.' }) input: ResolveNoteInput,
    @Context() context: DeskContext,
  ): Promise<typeof ResolveNoteResult> {
    const viewer = await signedIn(context);
    const noteId = idOf('Note', input.noteId);
    if (noteId === null) return new NotFound('noteId');
    const result = await this.notes.resolve(viewer.actor, viewer.account.id, noteId);
    this.reads.forget(context);
    return result instanceof Problem ? result : new NoteResolved(new Note(result));
  }
}

/** Why a note can not say this; null where it can. Characters are counted as Postgres counts them. */
function refuseBody(body: string): InvalidValue | null {
  if (!body.isWellFormed() || body.includes('\0')) return new InvalidValue('body', 'must be plain text');
  const isWritten = body.trim() !== '' && [...body].length <= BODY_LENGTH_MAX;
  return isWritten ? null : new InvalidValue('body', 'must have 1 to 2,000 characters');
}
