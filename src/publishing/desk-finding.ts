import type { LanguageTag } from '../common/language-tag.js';
import type { Severity } from '../common/vocabulary.js';
import { CHECKED_MESSAGES, type CheckedCode, type DeskFindingCode } from './attribution.js';

/** A finding as the desk has it: with who has waived it, if somebody has. */
export interface DeskFindingFacts {
  readonly articleId: string;
  readonly code: DeskFindingCode;
  readonly severity: Severity;
  readonly language: LanguageTag | null;
  readonly path: string;
  readonly cause: string;
  readonly line: number | null;
  readonly message: string;
  readonly key: string;
  readonly waiver: { readonly reason: string; readonly waivedBy: string; readonly waivedAt: string } | null;
}

/** The columns of a finding `x` of an article `a` with its waiver `w`, as one JSON value. */
export const FINDING_AS_JSON = `json_build_object('articleId', a.id, 'code', x.code, 'severity', x.severity,
  'language', x.language, 'path', x.path, 'cause', x.cause, 'line', x.line, 'message', x.message, 'key', x.key,
  'waiver', case when w.id is not null then
    json_build_object('reason', w.reason, 'waivedBy', w.waived_by, 'waivedAt', w.waived_at) end)`;

/** A finding as it came from the database: what was looked at has its sentence here. */
export function toDeskFinding(
  row: Omit<DeskFindingFacts, 'message'> & { readonly message: string | null },
): DeskFindingFacts {
  const message = row.message ?? CHECKED_MESSAGES[row.code as CheckedCode](row.cause);
  return { ...row, message };
}

/** Whether a finding keeps a language from being published. */
export function isBlocking(finding: DeskFindingFacts, language: LanguageTag): boolean {
  const isOfLanguage = finding.language === null || finding.language === language;
  return isOfLanguage && finding.severity === 'ERROR' && finding.waiver === null;
}
