import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';
import type { Config } from '../config.js';

/** Steps of Nest's own start, of interest only to who debugs it. */
const QUIET_CONTEXTS = new Set([
  'GraphQLModule',
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
]);

/** The one logger of a process: readable lines on a terminal, JSON elsewhere, as the settings say. */
export async function createLogger(config: Pick<Config, 'logLevel' | 'logFormat'>): Promise<Logger> {
  const isPretty = config.logFormat === 'pretty' || (config.logFormat === 'auto' && process.stdout.isTTY);
  const options = { level: config.logLevel, base: undefined, serializers: { err: loggedError } };
  if (!isPretty) return pino({ ...options, timestamp: pino.stdTimeFunctions.isoTime });
  const { build } = await import('pino-pretty');
  return pino(
    options,
    build({
      sync: true,
      singleLine: true,
      translateTime: 'HH:MM:ss',
      ignore: 'context,method,path,status,ms,operation',
      messageFormat: readableMessage,
    }),
  );
}

/**
 * As much of an error as a log may hold: what it is, where, and the database's code for it. A failed statement carries
 * its SQL and all its values, and those are texts that nobody has published.
 */
export function loggedError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code } = error as { readonly code?: unknown };
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...(typeof code === 'string' ? { code } : {}),
    ...(error.cause instanceof Error ? { cause: loggedError(error.cause) } : {}),
  };
}

/** A request reads as a sentence on a terminal: `POST /graphql FrontPage: 200 in 3.1 ms`. */
function readableMessage(line: Record<string, unknown>, messageKey: string): string {
  const words = (...keys: string[]): string =>
    keys.flatMap((key) => (key in line ? [String(line[key])] : [])).join(' ');
  const message = words(messageKey);
  return message === 'request'
    ? `${words('method', 'path', 'operation')}: ${words('status')} in ${words('ms')} ms`
    : message;
}

/** Lets Nest, and every `new Logger(…)` of ours, write through the process's own logger. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    const context = contextOf(rest);
    this.write(context !== undefined && QUIET_CONTEXTS.has(context) ? 'debug' : 'info', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  private write(
    level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace',
    message: unknown,
    rest: unknown[],
  ): void {
    const context = contextOf(rest);
    const stack = rest.slice(0, -1).find((part) => typeof part === 'string');
    const fields = { ...(context === undefined ? {} : { context }), ...(stack === undefined ? {} : { stack }) };
    if (message instanceof Error) this.logger[level]({ ...fields, err: message }, message.message);
    else if (typeof message === 'object' && message !== null) this.logger[level]({ ...fields, ...message });
    else this.logger[level](fields, String(message));
  }
}

/** Nest gives the name of the class that logs as the last of the further parameters. */
function contextOf(rest: readonly unknown[]): string | undefined {
  const last = rest.at(-1);
  return typeof last === 'string' ? last : undefined;
}
