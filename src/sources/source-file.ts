import { plainToInstance, Type } from 'class-transformer';
import {
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  MaxLength,
  MinLength,
  ValidateNested,
  validateSync,
} from 'class-validator';
import { DataFileError, parseYaml, validationLines } from '../common/data-file.js';
import { AGENT_KINDS, type AgentKind } from '../common/vocabulary.js';
import { LONGEST_NAME } from '../database/name-length.js';

/** A source as the data file of sources tells it. */
export class SourceRecord {
  @MaxLength(LONGEST_NAME)
  @Matches(/^[a-z0-9]+(-[a-z0-9]+)*$/, { message: 'must be words of a-z and 0-9 parted by hyphens' })
  readonly slug!: string;

  @MaxLength(LONGEST_NAME)
  @MinLength(1)
  @IsString()
  readonly name!: string;

  /** What the name is where it stands as a credit. */
  @IsIn(AGENT_KINDS)
  readonly kind: AgentKind = 'ORGANIZATION';

  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true }, { message: 'must be an http or https address' })
  readonly url: string | null = null;
}

class SourceFile {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => SourceRecord)
  readonly sources!: readonly SourceRecord[];
}

/** Reads the data file of sources (YAML). Throws DataFileError naming file, path and reason. */
export function parseSourceFile(text: string, fileName: string): readonly SourceRecord[] {
  const file = plainToInstance(SourceFile, parseYaml(text, fileName), { exposeDefaultValues: true });
  const problems = validationLines(validateSync(file, { whitelist: true, forbidNonWhitelisted: true }));
  if (problems.length === 0) problems.push(...takenTwice(file.sources, 'slug'), ...takenTwice(file.sources, 'name'));
  if (problems.length > 0) throw new DataFileError(problems.map((p) => `${fileName}: ${p}`).join('\n'));
  return file.sources;
}

function takenTwice(sources: readonly SourceRecord[], field: 'slug' | 'name'): string[] {
  const first = new Map<string, number>();
  return sources.flatMap(({ [field]: text }, i) => {
    const place = first.get(text);
    if (place === undefined) first.set(text, i);
    return place === undefined ? [] : [`sources[${i}].${field}: “${text}” is taken by sources[${place}].${field}`];
  });
}
