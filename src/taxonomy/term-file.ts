import { plainToInstance, Type } from 'class-transformer';
import { IsArray, IsIn, IsObject, IsString, Matches, ValidateNested, validateSync } from 'class-validator';
import { DataFileError, parseYaml, validationLines } from '../common/data-file.js';
import { canonicalLanguageTag, type LanguageTag } from '../common/language-tag.js';
import { TERM_SCHEMES, type TermScheme } from '../common/vocabulary.js';

/** The languages in which every term has a label. */
export const LABEL_LANGUAGES: readonly LanguageTag[] = ['fr', 'en'];

/** A term as its data file tells it. */
export class TermRecord {
  @Matches(/^[a-z0-9]+(-[a-z0-9]+)*$/, { message: 'must be words of a-z and 0-9 parted by hyphens' })
  readonly slug!: string;

  @IsObject()
  readonly labels!: Readonly<Record<LanguageTag, string>>;

  /** Further ways in which pages write it. */
  @IsArray()
  @IsString({ each: true })
  readonly aliases: readonly string[] = [];
}

/** The terms of one scheme. */
export class TermFile {
  @IsIn(TERM_SCHEMES)
  readonly scheme!: TermScheme;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => TermRecord)
  readonly terms!: readonly TermRecord[];
}

/** Reads a data file of terms (YAML). Throws DataFileError naming file, path and reason. */
export function parseTermFile(text: string, fileName: string): TermFile {
  const file = plainToInstance(TermFile, parseYaml(text, fileName), { exposeDefaultValues: true });
  const problems = validationLines(validateSync(file, { whitelist: true, forbidNonWhitelisted: true }));
  for (const [i, term] of (problems.length > 0 ? [] : file.terms).entries()) {
    const labels: Record<string, unknown> = { ...term.labels };
    for (const language of LABEL_LANGUAGES.filter((l) => typeof labels[l] !== 'string')) {
      problems.push(`terms[${i}].labels.${language}: is missing`);
    }
    for (const language of Object.keys(labels).filter((l) => canonicalLanguageTag(l) !== l)) {
      problems.push(`terms[${i}].labels.${language}: is no language tag`);
    }
  }
  if (problems.length > 0) throw new DataFileError(problems.map((p) => `${fileName}: ${p}`).join('\n'));
  return file;
}
