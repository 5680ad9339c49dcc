import type { ArticleDetails } from './article-edit.js';
import type {
  ContactPointInput,
  CopyrightNoticeInput,
  CreditInput,
  EditArticleInput,
  LinkInput,
  OriginInput,
} from './article-writing.inputs.js';
import { given } from './given.js';
import type { EditRightsInput } from './rights.inputs.js';
import type { RightsDetails } from './rights-edit.js';

/** What is given of an article's details, as services take it: what is left out is left out. */
export function detailsOf(input: Pick<EditArticleInput, keyof ArticleDetails>): Partial<ArticleDetails> {
  const { kind, publishedOn, origin, credits, regions, themes, reports, copyright, contactPoints, links } = input;
  return given({
    kind: kind ?? undefined,
    publishedOn: publishedOn ?? undefined,
    origin: origin == null ? undefined : originOf(origin),
    credits: credits?.map(({ role, name }: CreditInput) => ({ role, name })),
    regions: regions ?? undefined,
    themes: themes ?? undefined,
    reports: reports ?? undefined,
    copyright: copyrightOf(copyright),
    contactPoints: contactPoints?.map(({ email, purposes }: ContactPointInput) => ({ email, purposes })),
    links: links?.map(({ kind: leadsTo, url }: LinkInput) => ({ kind: leadsTo, url })),
  });
}

/** All that is said of where an article stood first: what is left out is not known. */
export function originOf(origin: OriginInput): ArticleDetails['origin'] {
  const { relation, source = null, url = null, title = null, language = null, publishedOn = null } = origin;
  return { relation, source, url, title, language, publishedOn };
}

/** What is given of an article's rights. */
export function rightsOf({ copyright, reuseTerms, notices }: EditRightsInput): Partial<RightsDetails> {
  return given({
    copyright: copyrightOf(copyright),
    reuseTerms: reuseTerms?.map((term) => {
      const { clauseKey = null, text, effect, actions, media, duties, audienceLabel = null, email = null } = term;
      return { clauseKey, text, effect, actions, media, duties, audienceLabel, email };
    }),
    notices: notices?.map(({ clauseKey = null, kind, text }) => ({ clauseKey, kind, text })),
  });
}

function copyrightOf(notice: CopyrightNoticeInput | null | undefined): ArticleDetails['copyright'] | undefined {
  if (notice == null) return notice;
  const { raw, author = null, source = null, year = null } = notice;
  return { raw, author, source, year };
}
