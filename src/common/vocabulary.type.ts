import { registerEnumType } from '@nestjs/graphql';
import {
  AGENT_KINDS,
  ARTICLE_KINDS,
  CONTACT_PURPOSES,
  CREDIT_ROLES,
  DUTIES,
  LINK_KINDS,
  MEDIA,
  NOTICE_KINDS,
  ORIGIN_RELATIONS,
  REUSE_ACTIONS,
  REUSE_EFFECTS,
  TERM_SCHEMES,
  TRANSLATION_METHODS,
  TRANSLATION_STATES,
} from './vocabulary.js';

/** Makes a GraphQL enum of a closed list; every value has a description. */
export function enumType<const Value extends string>(
  name: string,
  description: string,
  values: readonly Value[],
  descriptions: Readonly<Record<Value, string>>,
): Record<Value, Value> {
  const type = Object.fromEntries(values.map((value) => [value, value])) as Record<Value, Value>;
  registerEnumType(type, {
    name,
    description,
    valuesMap: Object.fromEntries(values.map((value) => [value, { description: descriptions[value] }])) as Record<
      Value,
      { description: string }
    >,
  });
  return type;
}

export const ArticleKindType = enumType('ArticleKind', 'What an article is.', ARTICLE_KINDS, {
  ARTICLE: 'A text.',
  VIDEO: 'A film, with the text that presents it.',
  AUDIO: 'A recording, with the text that presents it.',
  INTERVIEW: 'A conversation.',
  REVIEW: 'A review of a book, a film or the like.',
  GALLERY: 'A series of pictures.',
});

export const OriginRelationType = enumType(
  'OriginRelation',
  'How an article is tied to what its source published.',
  ORIGIN_RELATIONS,
  {
    VERBATIM: 'The same text in the same language: a republication.',
    TRANSLATED: 'A translation of what the source published.',
    ADAPTED: 'Made from what the source published, with changes.',
    OWN: 'The publisher is the source.',
  },
);

export const CreditRoleType = enumType('CreditRole', 'What somebody did for an article.', CREDIT_ROLES, {
  AUTHOR: 'Wrote or made it.',
  TRANSLATOR: 'Translated it.',
  EDITOR: 'Edited it.',
});

export const AgentKindType = enumType('AgentKind', 'What somebody is who is credited.', AGENT_KINDS, {
  PERSON: 'A human being.',
  ORGANIZATION: 'A newsroom, agency, institute or other body.',
});

export const TermSchemeType = enumType('TermScheme', 'The lists by which articles are filed.', TERM_SCHEMES, {
  REGION: 'Where in the world an article is about.',
  THEME: 'What an article is about.',
  REPORT: 'The in-depth report, or dossier, that an article is part of.',
});

export const ReuseEffectType = enumType(
  'ReuseEffect',
  'What is said of a use of an article.',
  [...REUSE_EFFECTS, 'UNSPECIFIED'],
  {
    PERMIT: 'It is allowed to those for whom the rule holds, under the duties named.',
    ASK_FIRST: 'Ask before; whom to ask is named.',
    FORBID: 'It is not allowed.',
    UNSPECIFIED: 'Nothing is said of it. Silence permits nothing: ask the rights holder.',
  },
);

export const ReuseActionType = enumType('ReuseAction', 'What is done with an article.', REUSE_ACTIONS, {
  REPRODUCE: 'Carry it whole.',
  EXTRACT: 'Carry a part of it.',
  TRANSLATE: 'Translate it.',
  MINE: 'Mine it for text and data, by machine.',
});

export const MediumType = enumType('Medium', 'Where an article is carried.', MEDIA, {
  WEB: 'On a website that is not run for profit.',
  COMMERCIAL_WEB: 'On a website that is run for profit.',
  PRINT: 'On paper.',
  OTHER: 'In any other form.',
});

export const DutyType = enumType('Duty', 'What whoever uses an article has to do.', DUTIES, {
  NAME_SOURCE: 'Name the source.',
  SHOW_URL: 'Show the address of the article.',
  LINK_ORIGINAL: 'Link to the original article.',
  KEEP_COPYRIGHT_NOTICE: 'Keep the copyright notice.',
  KEEP_TEXT_AND_TITLE: 'Change neither the text nor its title.',
});

export const NoticeKindType = enumType('NoticeKind', 'What a legal text is.', NOTICE_KINDS, {
  LIABILITY_DISCLAIMER: 'Says who does not answer for the text.',
  FAIR_USE_CLAIM:
    'Claims that the law allows the publisher to show what others own. It permits nothing to anyone else.',
});

export const ContactPurposeType = enumType('ContactPurpose', 'What an address is for.', CONTACT_PURPOSES, {
  MEDIA: 'Questions of the press.',
  REPRODUCTION_PERMISSION: 'Asking for permission to reproduce.',
  CORRECTIONS: 'Pointing out mistakes.',
  GENERAL: 'Anything.',
});

export const LinkKindType = enumType('LinkKind', 'What a link of the page’s furniture leads to.', LINK_KINDS, {
  DONATION: 'A way to give money.',
  SOCIAL: 'A channel or page in a social network.',
  WEBSITE: 'The source’s own website.',
  PARTNER: 'A partner of the source.',
  OTHER: 'Something else.',
});

export const TranslationMethodType = enumType('TranslationMethod', 'How a translation was made.', TRANSLATION_METHODS, {
  HUMAN: 'By a person.',
  MACHINE: 'By a machine, unchecked.',
  MACHINE_EDITED: 'By a machine, and edited by a person.',
});

export const TranslationStateType = enumType('TranslationState', 'How far a text has come.', TRANSLATION_STATES, {
  DRAFT: 'Somebody works on it.',
  TRANSLATED: 'It is whole, and waits for a review.',
  REVIEWED: 'Somebody has read it, and it waits for approval.',
  APPROVED: 'It may be published.',
  PUBLISHED: 'Readers have it.',
  ABANDONED: 'It was given up: its revisions stay, it counts nowhere, and its language may be begun again.',
});
