import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { DeskContext } from '../../accounts/viewer.js';
import { DeskArticle } from '../desk-article.type.js';
import { DeskReads } from '../desk-reads.js';
import { Translation } from '../translation.type.js';
import { listAssignmentsOfArticles, listLocks, listNotesBeside, noteKey, NOTES_BESIDE_MAX } from './tasks.queries.js';
import { TextLocked, TextUnlocked } from './tasks-results.type.js';
import { Assignment, Colleague, Note, TextLock } from './tasks.type.js';

/** How notes beside something are asked for. */
const IS_RESOLVED = {
  type: () => Boolean,
  nullable: true,
  description: 'Only what is resolved, or only what is not.',
} as const;

/** What is added to articles at the desk: whose tasks their languages are, and what people note of them. */
@Resolver(() => DeskArticle)
export class ArticleTasksResolver {
  constructor(private readonly reads: DeskReads) {}

  @ResolveField('assignments', () => [Assignment], {
    description: 'Whose tasks its languages are, by language: those without a text yet, too.',
  })
  async listAssignments(
    @Parent() { facts }: DeskArticle,
    @Context() context: DeskContext,
  ): Promise<readonly Assignment[]> {
    const found = await this.reads.of(context).find(listAssignmentsOfArticles, facts.id);
    return (found ?? []).map((one) => new Assignment(one));
  }

  @ResolveField('notes', () => [Note], {
    description: `What people note of it and of its texts, the newest first: up to ${NOTES_BESIDE_MAX}. \`Desk.notes\` has all.`,
  })
  async listNotes(
    @Parent() { facts }: DeskArticle,
    @Args('isResolved', IS_RESOLVED) isResolved: boolean | null,
    @Context() context: DeskContext,
  ): Promise<readonly Note[]> {
    const found = await this.reads.of(context).find(listNotesBeside, facts.id, { isResolved });
    return (found ?? []).map((one) => new Note(one));
  }
}

/** What is added to texts at the desk: whose task each is, who is writing it, and what people note of it. */
@Resolver(() => Translation)
export class TranslationTasksResolver {
  constructor(private readonly reads: DeskReads) {}

  @ResolveField('assignee', () => Colleague, {
    nullable: true,
    description: 'Whose task it is; null where it is nobody’s.',
  })
  async findAssignee(@Parent() { facts }: Translation, @Context() context: DeskContext): Promise<Colleague | null> {
    const found = await this.reads.of(context).find(listAssignmentsOfArticles, facts.articleId);
    const task = found?.find(({ language }) => language === facts.language);
    return task === undefined ? null : new Colleague(task.assignee);
  }

  @ResolveField('lock', () => TextLock, {
    nullable: true,
    description: 'Who is writing it now, you perhaps; null where nobody is. It keeps nobody from saving.',
  })
  async findLock(@Parent() { facts }: Translation, @Context() context: DeskContext): Promise<TextLock | null> {
    const lock = await this.reads.of(context).find(listLocks, facts.id);
    return lock === null ? null : new TextLock(lock);
  }

  @ResolveField('notes', () => [Note], {
    description: `What people note of it, the newest first: up to ${NOTES_BESIDE_MAX}. \`Desk.notes\` has all.`,
  })
  async listNotes(
    @Parent() { facts }: Translation,
    @Args('isResolved', IS_RESOLVED) isResolved: boolean | null,
    @Context() context: DeskContext,
  ): Promise<readonly Note[]> {
    const key = noteKey(facts.articleId, facts.language);
    const found = await this.reads.of(context).find(listNotesBeside, key, { isResolved });
    return (found ?? []).map((one) => new Note(one));
  }
}

/** The text that somebody holds, or held. */
@Resolver(() => TextLocked)
export class TextLockedResolver {
  constructor(private readonly reads: DeskReads) {}

  @ResolveField('translation', () => Translation, { description: 'The text.' })
  async findTranslation(@Parent() { lock }: TextLocked, @Context() context: DeskContext): Promise<Translation> {
    return this.reads.getTranslation(context, lock.facts.translationId);
  }
}

@Resolver(() => TextUnlocked)
export class TextUnlockedResolver {
  constructor(private readonly reads: DeskReads) {}

  @ResolveField('translation', () => Translation, { description: 'The text, which you no longer hold.' })
  async findTranslation(@Parent() { id }: TextUnlocked, @Context() context: DeskContext): Promise<Translation> {
    return this.reads.getTranslation(context, id);
  }
}
