import {
  IsAddressList,
  IsOriginList,
  IsPostgresUrl,
  IsWebAddress,
  OneOfWords,
  readSetting,
  Setting,
  settingDescriptions,
  Switch,
  WholeNumber,
} from './setting.js';

/**
 * Every setting of Colophon, read from environment variables and nowhere else.
 * Byte and millisecond units stand in the names.
 */
export class Config {
  @Setting('DATABASE_URL', 'Postgres to use (15 to 18). Unset: an embedded one in the data folder.', 'unset')
  @IsPostgresUrl()
  readonly databaseUrl?: string;

  @Setting('COLOPHON_DATA_DIR', 'Folder of the embedded Postgres and its files.', './data')
  readonly dataDir: string = './data';

  @Setting('COLOPHON_SEEDS_DIR', 'Folder of publishers, sources, terms and documents to seed from.', './seeds')
  readonly seedsDir: string = './seeds';

  @Setting('COLOPHON_SEED_ON_START', 'Seed when the server starts; what is there already stays as it is.', 'on')
  @Switch()
  readonly seedOnStart: boolean = true;

  @Setting('HOST', 'Address to listen on; 0.0.0.0 for all of them.', 'localhost')
  readonly host: string = 'localhost';

  @Setting('PORT', 'Port to listen on; 0 for any free one.', '3000')
  @WholeNumber(0, 65_535)
  readonly port: number = 3000;

  @Setting('COLOPHON_LOG_LEVEL', 'Least severe line to log: fatal, error, warn, info, debug, trace or silent.', 'info')
  @OneOfWords('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent')
  readonly logLevel: string = 'info';

  @Setting('COLOPHON_LOG_FORMAT', 'json, pretty, or auto: pretty on a terminal, JSON elsewhere.', 'auto')
  @OneOfWords('auto', 'json', 'pretty')
  readonly logFormat: 'auto' | 'json' | 'pretty' = 'auto';

  @Setting('COLOPHON_PLAYGROUND', 'Serve the playground to browsers at /graphql.', 'on')
  @Switch()
  readonly playground: boolean = true;

  @Setting('COLOPHON_INTROSPECTION', 'Answer questions about the schema itself; the playground needs it.', 'on')
  @Switch()
  readonly introspection: boolean = true;

  @Setting('COLOPHON_CORS_ORIGINS', 'Web origins whose pages may query from a browser, parted by commas.', 'none')
  @IsOriginList()
  readonly corsOrigins: readonly string[] = [];

  @Setting('COLOPHON_BODY_LIMIT_BYTES', 'Largest request body.', '262144')
  @WholeNumber(1024, 16_777_216)
  readonly bodyLimitBytes: number = 262_144;

  @Setting('COLOPHON_DESK_BODY_LIMIT_BYTES', 'Largest request body of who is signed in: articles are long.', '4194304')
  @WholeNumber(1024, 16_777_216)
  readonly deskBodyLimitBytes: number = 4_194_304;

  @Setting('COLOPHON_DOCUMENT_LIMIT_BYTES', 'Largest document, and largest item of an archive.', '8388608')
  @WholeNumber(1024, 268_435_456)
  readonly documentLimitBytes: number = 8_388_608;

  @Setting('COLOPHON_PAGE_SIZE_MAX', 'Largest page of a connection (`first`, `last`).', '100')
  @WholeNumber(1, 1000)
  readonly pageSizeMax: number = 100;

  @Setting('COLOPHON_DEPTH_MAX', 'Deepest nesting of an operation.', '12')
  @WholeNumber(3, 50)
  readonly depthMax: number = 12;

  @Setting('COLOPHON_COST_MAX', 'Dearest operation: about the number of fields an answer could hold.', '50000')
  @WholeNumber(100, 10_000_000)
  readonly costMax: number = 50_000;

  @Setting('COLOPHON_ALIASES_MAX', 'Most aliases in an operation.', '100')
  @WholeNumber(0, 10_000)
  readonly aliasesMax: number = 100;

  @Setting('COLOPHON_ROOT_FIELDS_MAX', 'Most fields at the first level of an operation.', '30')
  @WholeNumber(1, 1000)
  readonly rootFieldsMax: number = 30;

  @Setting('COLOPHON_DIRECTIVES_MAX', 'Most directives in an operation.', '50')
  @WholeNumber(0, 1000)
  readonly directivesMax: number = 50;

  @Setting('COLOPHON_TOKENS_MAX', 'Longest document that is read, in words and signs.', '1000')
  @WholeNumber(100, 100_000)
  readonly tokensMax: number = 1000;

  @Setting('COLOPHON_LIST_SIZE_MAX', 'Longest list in an argument or a variable.', '200')
  @WholeNumber(1, 10_000)
  readonly listSizeMax: number = 200;

  @Setting(
    'COLOPHON_RATE_LIMIT',
    'Points of cost that one address may ask for in a minute, at least 100 a request; this machine itself is not counted. 0: no limit.',
    '6000000',
  )
  @WholeNumber(0, 1_000_000_000)
  readonly rateLimit: number = 6_000_000;

  @Setting(
    'COLOPHON_RATE_LIMIT_STORE',
    'Where these points are counted: memory, or postgres for several servers on one database.',
    'memory',
  )
  @OneOfWords('memory', 'postgres')
  readonly rateLimitStore: 'memory' | 'postgres' = 'memory';

  @Setting(
    'COLOPHON_TRUST_PROXY',
    'Proxies whose `X-Forwarded-For` is believed: addresses, ranges, loopback, linklocal or uniquelocal, parted by commas.',
    'none',
  )
  @IsAddressList()
  readonly trustProxy: readonly string[] = [];

  @Setting(
    'COLOPHON_TRUSTED_DOCUMENTS',
    'JSON file of documents that are asked by their ids: the manifest of Apollo or the map of Relay.',
    'unset',
  )
  readonly trustedDocuments?: string;

  @Setting('COLOPHON_ONLY_TRUSTED_DOCUMENTS', 'Refuse all other documents; the playground is off then.', 'off')
  @Switch()
  readonly onlyTrustedDocuments: boolean = false;

  @Setting(
    'COLOPHON_PERSISTED_QUERIES_MB',
    'Room for queries that callers register by their hashes, in MB of memory. 0 takes none.',
    '8',
  )
  @WholeNumber(0, 10_000)
  readonly persistedQueriesMb: number = 8;

  @Setting(
    'COLOPHON_ANSWER_CACHE_MB',
    'Room for answers to public queries, in MB of memory; each is dropped when what it shows is published anew. 0 keeps none.',
    '32',
  )
  @WholeNumber(0, 100_000)
  readonly answerCacheMb: number = 32;

  @Setting(
    'COLOPHON_WRITTEN_ARTICLES_MB',
    'Room for editions of articles as they were written for answers, in MB of memory. 0 keeps none.',
    '16',
  )
  @WholeNumber(0, 100_000)
  readonly writtenArticlesMb: number = 16;

  @Setting(
    'COLOPHON_SHARED_CACHE_SECONDS',
    'How long caches in front of the server may keep what `GET` answers (`s-maxage`).',
    '10',
  )
  @WholeNumber(0, 31_536_000)
  readonly sharedCacheSeconds: number = 10;

  @Setting(
    'COLOPHON_STALE_SECONDS',
    'How long they may go on serving it while they ask anew (`stale-while-revalidate`).',
    '60',
  )
  @WholeNumber(0, 31_536_000)
  readonly staleSeconds: number = 60;

  @Setting(
    'COLOPHON_SUBSCRIPTIONS_MAX',
    'Most subscriptions that one process serves at a time; 0 switches them off.',
    '1000',
  )
  @WholeNumber(0, 100_000)
  readonly subscriptionsMax: number = 1000;

  @Setting(
    'COLOPHON_SUBSCRIPTION_MINUTES',
    'How long a connection of subscriptions stays open; clients come back by themselves and go on.',
    '60',
  )
  @WholeNumber(1, 1440)
  readonly subscriptionMinutes: number = 60;

  @Setting('COLOPHON_EVENT_DAYS', 'How many days publications and withdrawals are kept for who comes back later.', '30')
  @WholeNumber(1, 3650)
  readonly eventDays: number = 30;

  @Setting(
    'COLOPHON_JOBS',
    'Publish in this process what was scheduled, when it is due. Where no process does, run `jobs run` now and then.',
    'on',
  )
  @Switch()
  readonly jobs: boolean = true;

  @Setting(
    'COLOPHON_LINK_CHECKS',
    'Try the links of articles in the background of this process, one request at a time for each host.',
    'off',
  )
  @Switch()
  readonly linkChecks: boolean = false;

  @Setting(
    'COLOPHON_LINK_CHECKS_PRIVATE',
    'Try links into private networks and to this machine, too. Whoever writes an article makes this server ask there.',
    'off',
  )
  @Switch()
  readonly linkChecksPrivate: boolean = false;

  @Setting('COLOPHON_POOL_SIZE', 'Most connections to Postgres for public queries; the desk has as many again.', '10')
  @WholeNumber(1, 500)
  readonly poolSize: number = 10;

  @Setting('COLOPHON_CONNECT_TIMEOUT_MS', 'Longest wait for a connection to Postgres.', '2000')
  @WholeNumber(100, 60_000)
  readonly connectTimeoutMs: number = 2000;

  @Setting('COLOPHON_REQUEST_TIMEOUT_MS', 'Longest time for an answer; what is still running then is ended.', '10000')
  @WholeNumber(50, 600_000)
  readonly requestTimeoutMs: number = 10_000;

  @Setting('COLOPHON_STATEMENT_TIMEOUT_MS', 'Longest run of one SQL statement of a request.', '2000')
  @WholeNumber(50, 600_000)
  readonly statementTimeoutMs: number = 2000;

  @Setting('COLOPHON_SESSION_IDLE_MINUTES', 'How long somebody stays signed in who does nothing at the desk.', '720')
  @WholeNumber(5, 525_600)
  readonly sessionIdleMinutes: number = 720;

  @Setting('COLOPHON_SESSION_DAYS', 'How long somebody stays signed in at most.', '14')
  @WholeNumber(1, 365)
  readonly sessionDays: number = 14;

  @Setting('COLOPHON_TOKEN_DAYS_MAX', 'Longest life of a personal API token, in days.', '366')
  @WholeNumber(1, 3650)
  readonly tokenDaysMax: number = 366;

  @Setting(
    'COLOPHON_SIGN_IN_ATTEMPTS',
    'Attempts to sign in to one account in 15 minutes; from one address, five times as many.',
    '10',
  )
  @WholeNumber(1, 1000)
  readonly signInAttempts: number = 10;

  @Setting(
    'COLOPHON_OIDC_ISSUER',
    'Provider of OpenID Connect to sign in with, as it names itself; https, or on this machine.',
    'unset',
  )
  @IsWebAddress()
  readonly oidcIssuer?: string;

  @Setting('COLOPHON_OIDC_CLIENT_ID', 'What the provider calls this server.', 'unset')
  readonly oidcClientId?: string;

  @Setting('COLOPHON_OIDC_CLIENT_SECRET', 'What this server shows the provider.', 'unset')
  readonly oidcClientSecret?: string;

  @Setting(
    'COLOPHON_OIDC_REDIRECT_URL',
    'Address of `/sign-in/callback` as browsers reach it and as the provider knows it.',
    'unset',
  )
  @IsWebAddress()
  readonly oidcRedirectUrl?: string;

  @Setting(
    'COLOPHON_OIDC_RETURN_URL',
    'Page of yours that gets whoever has signed in there, with a code behind the `#`.',
    'unset',
  )
  @IsWebAddress()
  readonly oidcReturnUrl?: string;

  @Setting(
    'COLOPHON_OIDC_CREATES_ACCOUNTS',
    'Make an account, with the role of reader, for whoever the provider knows and the desk does not.',
    'off',
  )
  @Switch()
  readonly oidcCreatesAccounts: boolean = false;
}

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
  const values: Record<string, unknown> = {};
  const lines: string[] = [];
  for (const { variable, property } of settingDescriptions) {
    const given = environment[variable];
    if (given === undefined || given.trim() === '') continue;
    const { value, fault } = readSetting(property, given);
    values[property] = value;
    if (fault !== null) lines.push(`${variable}=${given.replace(/\/\/[^/@]*@/, '//***@')}: ${fault}`);
  }
  const config = Object.assign(new Config(), values);
  if (lines.length === 0 && config.onlyTrustedDocuments && config.trustedDocuments === undefined) {
    lines.push('COLOPHON_ONLY_TRUSTED_DOCUMENTS=on: COLOPHON_TRUSTED_DOCUMENTS must name them');
  }
  if (lines.length === 0 && config.oidcIssuer !== undefined) {
    for (const [variable, value] of [
      ['COLOPHON_OIDC_CLIENT_ID', config.oidcClientId],
      ['COLOPHON_OIDC_CLIENT_SECRET', config.oidcClientSecret],
      ['COLOPHON_OIDC_REDIRECT_URL', config.oidcRedirectUrl],
      ['COLOPHON_OIDC_RETURN_URL', config.oidcReturnUrl],
    ] as const) {
      if (value === undefined) lines.push(`${variable} must be set with COLOPHON_OIDC_ISSUER`);
    }
  }
  if (lines.length > 0) throw new ConfigError(lines);
  return config;
}
