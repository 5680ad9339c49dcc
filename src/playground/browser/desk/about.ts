/** An article of the desk, as the examples' variables want to know it. */
export interface AboutArticle {
  readonly id: string;
  readonly version: number;
  readonly lastEdition: number | null;
  readonly originalLanguage: string;
  readonly edition: { readonly languages: readonly string[] } | null;
  readonly withdrawal: { readonly withdrawnAt: string } | null;
  readonly publisher: { readonly id: string };
  readonly credits: readonly { readonly role: string; readonly agent: { readonly name: string } }[];
  readonly findings: readonly {
    readonly code: string;
    readonly language: string | null;
    readonly path: string;
    readonly severity: string;
  }[];
  /** What is waived of them. */
  readonly waived: readonly { readonly code: string; readonly language: string | null; readonly path: string }[];
  readonly notes: readonly { readonly id: string }[];
  readonly translations: readonly AboutText[];
}

/** One of its texts. */
export interface AboutText {
  readonly id: string;
  readonly language: string;
  readonly isOriginal: boolean;
  readonly state: string;
  readonly version: number;
  readonly headline: string;
  readonly dek: string | null;
  readonly body: string;
  readonly isOutdated: boolean;
  readonly isPublished: boolean;
  readonly isUnsaved: boolean;
  readonly revision: AboutRevision | null;
  readonly revisions: { readonly edges: readonly { readonly node: AboutRevision }[] };
  readonly source: { readonly translation: { readonly revision: AboutRevision | null } } | null;
  readonly schedule: { readonly version: number } | null;
  readonly assignee: { readonly id: string } | null;
}

interface AboutRevision {
  readonly id: string;
  readonly number: number;
}

/** The article that the examples are about, in one of its languages, or in one that it is to have. */
export interface Chosen {
  readonly article: AboutArticle;
  readonly language: string;
  /** Null where the language has no text yet. */
  readonly text: AboutText | null;
  /** Passages of the text's source that are otherwise than it knows them. */
  readonly outdatedPassages: readonly string[];
}

/** An article in the list to choose from. */
export interface ListedArticle {
  readonly id: string;
  readonly originalLanguage: string;
  readonly translations: readonly Pick<AboutText, 'language' | 'state' | 'headline'>[];
}

export const LIST = `query ChooseAnArticle($filter: DeskArticleFilter) {
  desk { articles(filter: $filter, orderBy: CHANGED_DESC, first: 6) { edges { node {
    id originalLanguage translations { language state headline }
  } } } }
}`;

export const ABOUT = `query AboutTheArticle($id: ID!) {
  desk { article(id: $id) {
    id version lastEdition originalLanguage edition { languages } withdrawal { withdrawnAt } publisher { id }
    credits { role agent { name } } findings(isWaived: false) { code language path severity }
    waived: findings(isWaived: true) { code language path }
    notes(isResolved: false) { id }
    translations {
      id language isOriginal state version headline dek body isOutdated isPublished isUnsaved revision { id number }
      revisions(first: 2) { edges { node { id number } } } source { translation { revision { id number } } }
      schedule { version } assignee { id }
    }
  } }
}`;

export const OUTDATED = `query OutdatedPassages($id: ID!) {
  desk { translationSheet(translationId: $id) { rows { passageId change { change } } } }
}`;

export const PUBLISHERS = '{ publishers { id language } }';
