import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { DeskContext } from '../../accounts/viewer.js';
import { DeskReads } from '../desk-reads.js';
import { Revision } from '../revision.type.js';
import { Translation } from '../translation.type.js';
import { TranslationSheet } from './translation-sheet.type.js';

/** What stands around a sheet: the text that it is of, and what it is made from. */
@Resolver(() => TranslationSheet)
export class TranslationSheetResolver {
  constructor(private readonly reads: DeskReads) {}

  @ResolveField('translation', () => Translation, { description: 'The text that it is a sheet of.' })
  async findTranslation(@Parent() { facts }: TranslationSheet, @Context() context: DeskContext): Promise<Translation> {
    return this.reads.getTranslation(context, facts.text.translationId);
  }

  @ResolveField('source', () => Revision, {
    description:
      'The newest revision of the source: what `bringUpToDate` is told, and what `saveRevision` may be made from.',
  })
  async findSource(@Parent() { facts }: TranslationSheet, @Context() context: DeskContext): Promise<Revision> {
    const revision = await this.reads.findRevision(context, facts.source.id);
    if (revision === null) throw new TypeError('a source vanished while it was read');
    return revision;
  }
}
