import { plainToInstance, Type } from 'class-transformer';
import { IsNotEmptyObject, IsOptional, IsString, IsUrl, Matches, MinLength, validateSync } from 'class-validator';
import { DataFileError, parseYaml, validationLines } from '../common/data-file.js';
import { canonicalLanguageTag, type LanguageTag } from '../common/language-tag.js';
import { SLOTS, slotNames } from './line-pattern.js';
import { LINE_ROLES, OPTIONAL_ROLES } from './line-roles.js';
import { FURTHER_SLOTS, ROLE_SLOTS, WrapperDefinition } from './wrapper-definition.js';

/** A publisher as its data file tells it. */
export class PublisherFile {
  @Matches(/^[a-z0-9]+(-[a-z0-9]+)*$/, { message: 'must be words of a-z and 0-9 parted by hyphens' })
  readonly slug!: string;

  @MinLength(1)
  @IsString()
  readonly name!: string;

  @IsOptional()
  @IsString()
  readonly legalName: string | null = null;

  @IsOptional()
  @IsString()
  readonly abbreviation: string | null = null;

  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true }, { message: 'must be an http or https address' })
  readonly url: string | null = null;

  @IsString()
  readonly language!: LanguageTag;

  @IsNotEmptyObject({}, { message: 'must hold at least one wrapper, by language' })
  @Type(() => Object)
  readonly wrappers!: Readonly<Record<LanguageTag, WrapperDefinition>>;
}

const STRICT = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true } as const;

function lineProblems(lines: unknown, path: string): string[] {
  if (typeof lines !== 'object' || lines === null) return [`${path}: must hold the patterns of each line, by role`];
  const problems = Object.keys(lines)
    .filter((role) => !(LINE_ROLES as readonly string[]).includes(role))
    .map((role) => `${path}.${role}: is no line of a wrapper; there are ${LINE_ROLES.join(', ')}`);
  for (const role of LINE_ROLES) {
    const patterns: unknown = (lines as Record<string, unknown>)[role];
    if (patterns === undefined && (OPTIONAL_ROLES as readonly string[]).includes(role)) continue;
    if (!Array.isArray(patterns) || patterns.length === 0 || !patterns.every((p) => typeof p === 'string')) {
      problems.push(`${path}.${role}: must be a list of patterns`);
      continue;
    }
    for (const [i, pattern] of patterns.entries()) {
      const slots = slotNames(pattern);
      const required = ROLE_SLOTS[role];
      const allowed: readonly string[] = [...required, ...(FURTHER_SLOTS[role] ?? [])];
      const anyOf = `{${allowed.join('}, {')}}`;
      for (const slot of slots.filter((name) => !allowed.includes(name))) {
        problems.push(`${path}.${role}[${i}]: {${slot}} has no place in this line; it has ${anyOf}`);
      }
      if (slots.length === 0 && required.length === 0) {
        problems.push(`${path}.${role}[${i}]: has no slot; it has ${anyOf}`);
      }
      for (const slot of required.filter((name) => !slots.includes(name))) {
        problems.push(`${path}.${role}[${i}]: {${slot}} is missing`);
      }
    }
  }
  return problems;
}

/** What is wrong with a wrapper: one line for each mistake. */
export function wrapperProblems(wrapper: unknown, path: string): string[] {
  if (typeof wrapper !== 'object' || wrapper === null)
    return [`${path}: must be a wrapper, with its lines and clauses`];
  const { lines, ...others } = wrapper as WrapperDefinition;
  const checked = plainToInstance(WrapperDefinition, others, { exposeDefaultValues: true });
  const problems = validationLines(validateSync(checked, STRICT), path);
  problems.push(...lineProblems(lines, `${path}.lines`));
  if (problems.length > 0) return problems;
  for (const [i, clause] of checked.clauses.entries()) {
    const where = `${path}.clauses[${i}]`;
    if (clause.notice === undefined && clause.reuse === undefined && clause.contact === undefined) {
      problems.push(`${where}: must be a notice, a reuse term or a contact`);
    }
    for (const [j, wording] of clause.wordings.entries()) {
      for (const slot of slotNames(wording).filter((name) => !(SLOTS as readonly string[]).includes(name))) {
        problems.push(`${where}.wordings[${j}]: {${slot}} is no slot`);
      }
    }
  }
  return problems;
}

/**
 * Reads a publisher's data file (YAML) and checks all of it.
 * Throws DataFileError with one line per mistake: file, path and reason.
 */
export function parsePublisherFile(text: string, fileName: string): PublisherFile {
  const plain = parseYaml(text, fileName);
  const { wrappers, ...others } = plain;
  const file = plainToInstance(PublisherFile, { ...others, wrappers: wrappers ?? {} }, { exposeDefaultValues: true });
  const problems = validationLines(validateSync(file, STRICT));
  if (canonicalLanguageTag(file.language) !== file.language) problems.push(`language: is no language tag`);
  const parsed: Record<LanguageTag, WrapperDefinition> = {};
  for (const [language, wrapper] of Object.entries((wrappers ?? {}) as Record<string, WrapperDefinition>)) {
    if (canonicalLanguageTag(language) !== language) problems.push(`wrappers.${language}: is no language tag`);
    problems.push(...wrapperProblems(wrapper, `wrappers.${language}`));
    parsed[language] = plainToInstance(WrapperDefinition, wrapper, { exposeDefaultValues: true });
  }
  if (problems.length > 0) throw new DataFileError(problems.map((p) => `${fileName}: ${p}`).join('\n'));
  return Object.assign(file, { wrappers: parsed });
}

/** What is wrong with the files of publishers together: a slug is one publisher's. One line for each mistake. */
export function publisherFileProblems(
  files: readonly { readonly fileName: string; readonly file: PublisherFile }[],
): string[] {
  const owners = new Map<string, string>();
  return files.flatMap(({ fileName, file: { slug } }) => {
    const owner = owners.get(slug);
    if (owner === undefined) owners.set(slug, fileName);
    return owner === undefined ? [] : [`${fileName}: slug: “${slug}” is taken by ${owner}: slug`];
  });
}
