import type { WholeArticle } from '../articles/articles.queries.js';
import { type Finding, FINDING_SEVERITIES } from '../articles/finding.js';
import type { RevisionEntity, TranslationEntity } from '../articles/translation.entity.js';
import type { TextContent } from '../texts/revision-text.js';
import { TEXT_FIELDS } from './article-rows.js';
import { type ArticleFields, fieldOf, fieldsOfDesk, type FieldPath } from './article-fields.js';
import { findingsBesidePeople, isAboutKept } from './findings-beside-people.js';
import { type FieldChange, type FieldConflict, mergeFields } from './merge-fields.js';
import type { EvidenceOf } from '../reading/reading.js';
import type { StoredReading } from './store-documents.js';

/** An article at the desk with the text that a document brings. */
export interface ArticleAtDesk {
  readonly article: WholeArticle;
  readonly translation: TranslationEntity;
  readonly revision: RevisionEntity;
  /** What a person has in hand of the text, and has made no revision of; null where nothing is. */
  readonly inHand: TextContent | null;
}

/** What a changed document does to its article. */
export interface PlannedChange {
  readonly desk: ArticleFields;
  /** The fields as they are afterwards. */
  readonly merged: ArticleFields;
  readonly changes: readonly FieldChange[];
  /** The fields that are written, and what they were: clauses are another publisher's or language's with it. */
  readonly written: Partial<ArticleFields>;
  readonly overwritten: Partial<ArticleFields>;
  readonly conflicts: readonly FieldConflict[];
  readonly findings: readonly Finding[];
  readonly evidence: readonly EvidenceOf[];
}

/** Compares the document then, the document now and the desk now, and plans what is written. Pure. */
export function planChange(
  base: ArticleFields,
  document: ArticleFields,
  reading: StoredReading,
  { article, translation, revision, inHand }: ArticleAtDesk,
): PlannedChange {
  const desk = fieldsOfDesk(article, translation, inHand ?? revision);
  // Whoever is writing goes on with what is there: nothing of the text is changed below their hands.
  const { changes, conflicts, kept } = mergeFields(base, document, desk, inHand === null ? [] : TEXT_FIELDS);
  const merged: ArticleFields = {
    ...desk,
    ...Object.fromEntries(changes.map(({ path, after }) => [path, after])),
  };
  const isKept = (path: string): boolean => {
    const field = fieldOf(path, merged);
    return field !== null && kept.has(field);
  };
  // What somebody has in hand is remarked on once it is saved.
  const saved = (fields: ArticleFields): ArticleFields =>
    inHand === null ? fields : { ...fields, 'text.body': revision.body };
  const written = new Set<FieldPath>(changes.map(({ path }) => path));
  const paths =
    written.has('publisher') || written.has('page.language') ? [...written, ...STATED_BY_PUBLISHER] : [...written];
  return {
    desk,
    merged,
    changes,
    written: pick(merged, paths),
    overwritten: pick(desk, paths),
    conflicts,
    findings: [
      ...reading.findings.filter((finding) => !isAboutKept(finding, isKept)),
      ...findingsBesidePeople({ stored: article.findings, desk: saved(desk), merged: saved(merged), isKept }),
      // Whether a list has a term is found out when it is written; what was found then holds on.
      ...article.findings.filter(({ code, path }) => {
        const field = fieldOf(path, merged);
        return code === 'TERM_UNKNOWN' && field !== null && !written.has(field);
      }),
      // A document tells nothing of texts in other languages.
      ...article.findings.filter(
        ({ code, language }) => code === 'TEXT_MISSING' && language !== null && language !== translation.language,
      ),
      ...conflicts.map((conflict) => conflictFinding(conflict, translation)),
      // Nobody has settled an earlier one as long as the desk still differs from the document.
      ...article.findings.filter(
        ({ code, path }) =>
          code === 'IMPORT_CONFLICT' && isKept(path) && !conflicts.some((conflict) => conflict.path === path),
      ),
    ],
    evidence: reading.evidence.filter(({ path }) => !isKept(path)),
  };
}

/** Fields whose rows belong to a publisher, in the language of its page. */
const STATED_BY_PUBLISHER = ['rights.notices', 'rights.reuseTerms', 'contactPoints'] as const satisfies FieldPath[];

function pick(fields: ArticleFields, paths: readonly FieldPath[]): Partial<ArticleFields> {
  return Object.fromEntries(paths.map((path) => [path, fields[path]]));
}

function conflictFinding({ path, base, document, desk }: FieldConflict, { language }: TranslationEntity): Finding {
  return {
    code: 'IMPORT_CONFLICT',
    severity: FINDING_SEVERITIES.IMPORT_CONFLICT,
    language: path.startsWith('text.') ? language : null,
    path,
    line: null,
    message:
      `The document says ${shortly(document)} now; the desk has ${shortly(desk)} since it was edited. ` +
      'What the desk has stays. Settle which of the two holds.',
    conflict: { base, document, desk },
  };
}

const LONGEST_QUOTE = 120;

/** A value in a line of text. */
function shortly(value: unknown): string {
  if (value === null) return 'nothing';
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).replace(/\s+/g, ' ');
  return `“${text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE - 1)}…` : text}”`;
}
