import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { LanguageTag } from '../common/language-tag.js';
import { Problem } from '../common/problem.type.js';
import type { TranslationState } from '../common/vocabulary.js';
import { TranslationStateType } from '../common/vocabulary.type.js';
import type { DeskFindingFacts } from './desk-finding.js';
import { DeskFinding } from './desk-finding.type.js';

@ObjectType({
  implements: () => Problem,
  description: 'The text has another revision by now than the one that you saw.',
})
export class RevisionConflict extends Problem {
  @Field(() => Int, { description: 'The number of its newest revision.' })
  readonly revision: number;

  constructor(revision: number) {
    super('REVISION_CONFLICT', `The newest revision is ${revision} by now: look at it first.`, [
      'input',
      'expectedRevision',
    ]);
    this.revision = revision;
  }
}

@ObjectType({ implements: () => Problem, description: 'Readers get another edition by now than the one that you saw.' })
export class EditionConflict extends Problem {
  @Field(() => Int, { description: 'The number of the edition that was issued last.' })
  readonly lastEdition: number;

  constructor(lastEdition: number) {
    super('EDITION_CONFLICT', `The last edition is ${lastEdition} by now: look at it first.`, [
      'input',
      'expectedEdition',
    ]);
    this.lastEdition = lastEdition;
  }
}

@ObjectType({ implements: () => Problem, description: 'The schedule is another by now than the one that you saw.' })
export class ScheduleConflict extends Problem {
  @Field(() => Int, { nullable: true, description: 'Its version now; null where there is none.' })
  readonly version: number | null;

  constructor(version: number | null) {
    const now = version === null ? 'Nothing is scheduled by now' : `The schedule has version ${version} by now`;
    super('SCHEDULE_CONFLICT', `${now}: look at it first.`, ['input', 'expectedVersion']);
    this.version = version;
  }
}

@ObjectType({ implements: () => Problem, description: 'Nobody has approved the text as it is.' })
export class NotApproved extends Problem {
  @Field(() => TranslationStateType, { description: 'How far it has come.' })
  readonly state: TranslationState;

  constructor(state: TranslationState, path: readonly string[] = ['input', 'language']) {
    super('NOT_APPROVED', 'Only a text that was approved is published.', path);
    this.state = state;
  }
}

@ObjectType({
  implements: () => Problem,
  description: 'Readers do not get this; of an article that is to be withdrawn, that they never did.',
})
export class NotPublished extends Problem {
  /** Null where the article was never published in any language. */
  constructor(language: LanguageTag | null) {
    const sentence =
      language === null
        ? 'Readers never got the article.'
        : `Readers do not get the article in the language ${language}.`;
    super('NOT_PUBLISHED', sentence, ['input', language === null ? 'articleId' : 'language']);
  }
}

@ObjectType({
  implements: () => Problem,
  description: 'The article was withdrawn: nothing of it is published until it is reinstated.',
})
export class ArticleIsWithdrawn extends Problem {
  constructor() {
    super('ARTICLE_IS_WITHDRAWN', 'The article was withdrawn. Reinstate it first.', ['input', 'articleId']);
  }
}

@ObjectType({ implements: () => Problem, description: 'The article was not withdrawn.' })
export class NotWithdrawn extends Problem {
  constructor() {
    super('NOT_WITHDRAWN', 'The article was not withdrawn.', ['input', 'articleId']);
  }
}

@ObjectType({ implements: () => Problem, description: 'The moment is past.' })
export class MomentPassed extends Problem {
  constructor() {
    super('MOMENT_PASSED', 'This moment is past: publish at once, or choose a later one.', ['input', 'at']);
  }
}

@ObjectType({
  implements: () => Problem,
  description: 'Something has to be mended before the text is published, or waived by somebody who may.',
})
export class BlockedByFindings extends Problem {
  @Field(() => [DeskFinding], { description: 'What it is; of other languages, nothing.' })
  readonly findings: readonly DeskFinding[];

  constructor(findings: readonly DeskFindingFacts[]) {
    super('BLOCKED_BY_FINDINGS', 'Something has to be mended first: the findings say what.', ['input', 'language']);
    this.findings = findings.map((one) => new DeskFinding(one));
  }
}

@ObjectType({ implements: () => Problem, description: 'The article has no such finding, or it is waived already.' })
export class NoSuchFinding extends Problem {
  constructor() {
    super('NO_SUCH_FINDING', 'The article has no such finding, or it is waived already.', ['input', 'code']);
  }
}

@ObjectType({
  implements: () => Problem,
  description: 'The article has no such finding, or nobody has waived it as it is.',
})
export class NoSuchWaiver extends Problem {
  constructor() {
    super('NO_SUCH_WAIVER', 'The article has no such finding, or nobody has waived it as it is.', ['input', 'code']);
  }
}
