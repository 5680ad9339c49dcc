import { plainToInstance, Transform } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  Min,
  MinLength,
  registerDecorator,
  validateSync,
} from 'class-validator';

/** One setting as the README lists it: the variable, its default in words, and what it does. */
export interface SettingDescription {
  readonly variable: string;
  readonly property: string;
  readonly defaultValue: string;
  readonly description: string;
}

const settings: SettingDescription[] = [];

function Setting(variable: string, description: string, defaultValue = ''): PropertyDecorator {
  return (_target, property) => {
    settings.push({ variable, property: String(property), defaultValue, description });
  };
}

/** Reads `'3000'` as 3000; anything that is no whole number stays text, so that validation can name it. */
function WholeNumber(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^-?\d+$/.test(value.trim()) ? Number(value) : value,
  );
}

/** Reads `true`, `false`, `1`, `0`, `on`, `off`, `yes`, `no`; anything else stays text, so that validation can name it. */
function Switch(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => {
    if (typeof value !== 'string') return value;
    if (/^(true|1|on|yes)$/i.test(value)) return true;
    if (/^(false|0|off|no)$/i.test(value)) return false;
    return value;
  });
}

function isPercentEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function IsPostgresUrl(): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'isPostgresUrl',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) => {
          if (typeof value !== 'string' || !URL.canParse(value)) return false;
          const { protocol, pathname, username, password } = new URL(value);
          // The driver decodes these, and would fail at the first connection.
          const isDecodable = [username, password, pathname].every(isPercentEncoded);
          return /^postgres(ql)?:$/.test(protocol) && pathname.length > 1 && isDecodable;
        },
        defaultMessage: () => 'must look like postgres://user:password@host:5432/database, with % written as %25',
      },
    });
  };
}

function IsOriginList(): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'isOriginList',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) =>
          Array.isArray(value) &&
          value.every((x) => typeof x === 'string' && URL.canParse(x) && new URL(x).origin === x),
        defaultMessage: () => 'must be origins like https://www.example.org, parted by commas',
      },
    });
  };
}

/**
 * Every setting of Colophon, read from environment variables and nowhere else.
 * Byte and millisecond units stand in the names.
 */
export class Config {
  @Setting('DATABASE_URL', 'Postgres to use (15 to 18). Unset: an embedded one in the data folder.', 'unset')
  @IsOptional()
  @IsPostgresUrl()
  readonly databaseUrl?: string;

  @Setting('COLOPHON_DATA_DIR', 'Folder of the embedded Postgres and its files.', './data')
  @IsString()
  @MinLength(1)
  readonly dataDir: string = './data';

  @Setting('COLOPHON_SEEDS_DIR', 'Folder of publishers, sources, terms and documents to seed from.', './seeds')
  @IsString()
  @MinLength(1)
  readonly seedsDir: string = './seeds';

  @Setting('COLOPHON_SEED_ON_START', 'Seed when the server starts; what is there already stays as it is.', 'on')
  @Switch()
  @IsBoolean({ message: 'must be on or off' })
  readonly seedOnStart: boolean = true;

  @Setting('HOST', 'Address to listen on; 0.0.0.0 for all of them.', 'localhost')
  @IsString()
  @MinLength(1)
  readonly host: string = 'localhost';

  @Setting('PORT', 'Port to listen on; 0 for any free one.', '3000')
  @WholeNumber()
  @Max(65_535, { message: 'must be a whole number from 0 to 65535' })
  @Min(0, { message: 'must be a whole number from 0 to 65535' })
  @IsInt({ message: 'must be a whole number from 0 to 65535' })
  readonly port: number = 3000;

  @Setting('COLOPHON_LOG_LEVEL', 'Least severe line to log: fatal, error, warn, info, debug, trace or silent.', 'info')
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
  readonly logLevel: string = 'info';

  @Setting('COLOPHON_LOG_FORMAT', 'json, pretty, or auto: pretty on a terminal, JSON elsewhere.', 'auto')
  @IsIn(['auto', 'json', 'pretty'])
  readonly logFormat: 'auto' | 'json' | 'pretty' = 'auto';

  @Setting('COLOPHON_PLAYGROUND', 'Serve the playground to browsers at /graphql.', 'on')
  @Switch()
  @IsBoolean({ message: 'must be on or off' })
  readonly playground: boolean = true;

  @Setting('COLOPHON_INTROSPECTION', 'Answer questions about the schema itself; the playground needs it.', 'on')
  @Switch()
  @IsBoolean({ message: 'must be on or off' })
  readonly introspection: boolean = true;

  @Setting('COLOPHON_CORS_ORIGINS', 'Web origins whose pages may query from a browser, parted by commas.', 'none')
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string'
      ? value
          .split(',')
          .map((x) => x.trim())
          .filter((x) => x !== '')
      : value,
  )
  @IsOriginList()
  readonly corsOrigins: readonly string[] = [];

  @Setting('COLOPHON_BODY_LIMIT_BYTES', 'Largest request body.', '262144')
  @WholeNumber()
  @Max(16_777_216)
  @Min(1024)
  @IsInt({ message: 'must be a whole number' })
  readonly bodyLimitBytes: number = 262_144;

  @Setting('COLOPHON_DOCUMENT_LIMIT_BYTES', 'Largest document, and largest item of an archive.', '8388608')
  @WholeNumber()
  @Max(268_435_456)
  @Min(1024)
  @IsInt({ message: 'must be a whole number' })
  readonly documentLimitBytes: number = 8_388_608;

  @Setting('COLOPHON_PAGE_SIZE_MAX', 'Largest page of a connection (`first`, `last`).', '100')
  @WholeNumber()
  @Max(1000)
  @Min(1)
  @IsInt({ message: 'must be a whole number' })
  readonly pageSizeMax: number = 100;

  @Setting('COLOPHON_DEPTH_MAX', 'Deepest nesting of an operation.', '12')
  @WholeNumber()
  @Max(50)
  @Min(3)
  @IsInt({ message: 'must be a whole number' })
  readonly depthMax: number = 12;

  @Setting('COLOPHON_COST_MAX', 'Dearest operation: about the number of fields an answer could hold.', '50000')
  @WholeNumber()
  @Max(10_000_000)
  @Min(100)
  @IsInt({ message: 'must be a whole number' })
  readonly costMax: number = 50_000;

  @Setting(
    'COLOPHON_ANSWER_CACHE_MB',
    'Room for answers to public queries, in MB of memory; each is dropped when what it shows is published anew. 0 keeps none.',
    '32',
  )
  @WholeNumber()
  @Max(100_000)
  @Min(0)
  @IsInt({ message: 'must be a whole number' })
  readonly answerCacheMb: number = 32;

  @Setting(
    'COLOPHON_SHARED_CACHE_SECONDS',
    'How long caches in front of the server may keep what `GET` answers (`s-maxage`).',
    '10',
  )
  @WholeNumber()
  @Max(31_536_000)
  @Min(0)
  @IsInt({ message: 'must be a whole number' })
  readonly sharedCacheSeconds: number = 10;

  @Setting(
    'COLOPHON_STALE_SECONDS',
    'How long they may go on serving it while they ask anew (`stale-while-revalidate`).',
    '60',
  )
  @WholeNumber()
  @Max(31_536_000)
  @Min(0)
  @IsInt({ message: 'must be a whole number' })
  readonly staleSeconds: number = 60;

  @Setting('COLOPHON_POOL_SIZE', 'Most connections to Postgres for public queries; the desk has as many again.', '10')
  @WholeNumber()
  @Max(500)
  @Min(1)
  @IsInt({ message: 'must be a whole number' })
  readonly poolSize: number = 10;

  @Setting('COLOPHON_CONNECT_TIMEOUT_MS', 'Longest wait for a connection to Postgres.', '2000')
  @WholeNumber()
  @Max(60_000)
  @Min(100)
  @IsInt({ message: 'must be a whole number' })
  readonly connectTimeoutMs: number = 2000;

  @Setting('COLOPHON_STATEMENT_TIMEOUT_MS', 'Longest run of one SQL statement of a request.', '2000')
  @WholeNumber()
  @Max(600_000)
  @Min(50)
  @IsInt({ message: 'must be a whole number' })
  readonly statementTimeoutMs: number = 2000;
}

/** Settings in the order in which they are declared: what the README's table must say. */
export const settingDescriptions: readonly SettingDescription[] = settings;

/** Settings that make no sense: one line for each, to be printed as they are. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
  }
}

/**
 * Reads and checks the settings.
 * An empty variable counts as unset. Throws ConfigError with one line per setting that makes no sense;
 * a password inside a value is not repeated.
 */
export function loadConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const plain: Record<string, string> = {};
  for (const { variable, property } of settings) {
    const value = environment[variable];
    if (value !== undefined && value.trim() !== '') plain[property] = value;
  }
  const config = plainToInstance(Config, plain, { exposeDefaultValues: true });
  const lines = validateSync(config).map((error) => {
    const setting = settings.find((s) => s.property === error.property);
    const reasons = new Set(Object.values(error.constraints ?? {}).map((r) => r.replace(`${error.property} `, '')));
    const given = (plain[error.property] ?? '').replace(/\/\/[^/@]*@/, '//***@');
    return `${setting?.variable ?? error.property}=${given}: ${[...reasons].join(', ')}`;
  });
  if (lines.length > 0) throw new ConfigError(lines);
  return config;
}
