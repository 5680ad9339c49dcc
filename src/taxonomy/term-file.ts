import { plainToInstance, Type } from 'class-transformer';
import { IsArray, IsIn, IsObject, IsString, Matches, MaxLength, ValidateNested, validateSync } from 'class-validator';
import { DataFileError, parseYaml, validationLines } from '../common/data-file.js';
import { canonicalLanguageTag, type LanguageTag } from '../common/language-tag.js';
import { TERM_SCHEMES, type TermScheme } from '../common/vocabulary.js';
import { isStorableName, LONGEST_NAME } from '../database/name-length.js';
import { writtenForm, writtenPlaces } from './written-form.js';

/** The languages in which every term has a label. */
export const LABEL_LANGUAGES: readonly LanguageTag[] = ['fr', 'en'];

/** A term as its data file tells it. */
export class TermRecord {
  @MaxLength(LONGEST_NAME)
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
    for (const [path, label] of writtenPlaces(term)) {
      if (typeof label === 'string' && isStorableName(label) && isStorableName(writtenForm(label))) continue;
      problems.push(`terms[${i}].${path}: must be a text of 1 to ${LONGEST_NAME} characters`);
    }
  }
  if (problems.length > 0) throw new DataFileError(problems.map((p) => `${fileName}: ${p}`).join('\n'));
  return file;
}

/**
 * What is wrong with the files of terms together: in one scheme, a slug is one term's, and so is each way of writing.
 * One line for each mistake: file, path and the path that has it already.
 */
export function termFileProblems(files: readonly { readonly fileName: string; readonly file: TermFile }[]): string[] {
  const owners = new Map<string, { readonly term: TermRecord; readonly place: string }>();
  const problems: string[] = [];
  for (const { fileName, file } of files) {
    for (const [i, term] of file.terms.entries()) {
      const claim = (key: string, path: string, text: string): void => {
        const place = `${fileName}: terms[${i}].${path}`;
        const owner = owners.get(key);
        if (owner === undefined) owners.set(key, { term, place });
        else if (owner.term !== term) problems.push(`${place}: “${text}” is taken by ${owner.place}`);
      };
      claim(`${file.scheme} slug ${term.slug}`, 'slug', term.slug);
      for (const [path, label] of writtenPlaces(term)) claim(`${file.scheme} form ${writtenForm(label)}`, path, label);
    }
  }
  return problems;
}
