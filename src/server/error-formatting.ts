import { HttpException, Logger } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { GraphQLError, type GraphQLErrorExtensions, type GraphQLFormattedError } from 'graphql';
import { CalledOffError } from '../common/asker.js';
import { databaseError, DatabaseTimeoutError, DatabaseUnavailableError } from '../database/database-errors.js';
import { OUR_FAULT } from './http-problem.js';

/** What a caller reads while the database is away or too slow. */
const UNAVAILABLE = 'The server can not answer right now. Try again in a moment.';

/** What a caller reads who asked for more than can be answered in time. */
const TOO_LATE = 'The answer took too long. Ask for less, or try again in a moment.';

const logger = new Logger('graphql');

/** Which request an error belongs to: GraphQL formats errors without knowing. */
const requests = new WeakMap<Error, FastifyRequest>();

/** Remembers under which request an error is to be logged and shown. */
export function rememberRequest(error: Error, request: FastifyRequest): void {
  requests.set(error, request);
}

/** Whether an error says that the database is away or too slow, or the time is up, however deeply GraphQL wrapped it. */
export function isUnavailable(error: unknown): boolean {
  const cause = databaseError(rootCause(error));
  return (
    cause instanceof DatabaseUnavailableError ||
    cause instanceof DatabaseTimeoutError ||
    cause instanceof CalledOffError
  );
}

/**
 * Makes the formatter that decides what a caller reads of an error.
 * Mistakes of the caller pass with their code; a database that is away is SERVICE_UNAVAILABLE; anything else is
 * masked as INTERNAL_SERVER_ERROR and logged once, with its stack, under the request id that the caller reads too.
 */
export function errorFormatter(settings: { readonly hideSchemaDetails: boolean }) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const shown =
      rootCause(error) instanceof CalledOffError
        ? { message: TOO_LATE, code: 'DEADLINE_EXCEEDED', extensions: {} }
        : isUnavailable(error)
          ? { message: UNAVAILABLE, code: 'SERVICE_UNAVAILABLE', extensions: {} }
          : (callersFault(formatted, error) ?? masked(error));
    const message = settings.hideSchemaDetails ? shown.message.replace(/ ?Did you mean .+\?$/s, '') : shown.message;
    return {
      message,
      ...(formatted.locations ? { locations: formatted.locations } : {}),
      ...(formatted.path ? { path: formatted.path } : {}),
      extensions: { ...shown.extensions, code: shown.code },
    };
  };
}

interface Shown {
  readonly message: string;
  readonly code: string;
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** What the caller did wrong; null when the fault is not theirs. */
function callersFault(formatted: GraphQLFormattedError, error: unknown): Shown | null {
  const cause = rootCause(error);
  if (cause instanceof RangeError && formatted.path === undefined && /call stack/i.test(cause.message)) {
    return { message: 'The operation is nested too deeply.', code: 'OPERATION_TOO_COMPLEX', extensions: {} };
  }
  if (cause instanceof HttpException && cause.getStatus() < 500) return refusedByNest(cause);
  const { validationErrorCode, ...given }: GraphQLErrorExtensions = {
    ...formatted.extensions,
    ...(cause instanceof GraphQLError ? cause.extensions : {}),
  };
  const extensions = without(given, ['code', 'http', 'stacktrace']);
  const code = given.code;
  if (validationErrorCode === 'INTROSPECTION_DISABLED') {
    return { message: 'Introspection is switched off on this server.', code: 'INTROSPECTION_DISABLED', extensions };
  }
  if (typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR') {
    return { message: formatted.message, code, extensions };
  }
  // graphql-js checks some arguments only while it executes, and gives those errors no code.
  if (cause instanceof GraphQLError && /^(?:Argument|Variable) "/.test(cause.message)) {
    return { message: formatted.message, code: 'BAD_USER_INPUT', extensions };
  }
  return null;
}

/** What a guard or a pipe of Nest refused. */
function refusedByNest(exception: HttpException): Shown {
  const codes: Readonly<Record<number, string>> = { 401: 'UNAUTHENTICATED', 403: 'FORBIDDEN', 404: 'NOT_FOUND' };
  const response = exception.getResponse();
  const reasons = typeof response === 'object' && 'message' in response ? response.message : exception.message;
  return {
    message: Array.isArray(reasons) ? reasons.join('; ') : String(reasons),
    code: codes[exception.getStatus()] ?? 'BAD_USER_INPUT',
    extensions: {},
  };
}

function masked(error: unknown): Shown {
  const request = error instanceof Error ? requests.get(error) : undefined;
  const line = { err: rootCause(error), msg: 'an operation failed' };
  if (request) request.log.error(line);
  else logger.error(line);
  return { message: OUR_FAULT, code: 'INTERNAL_SERVER_ERROR', extensions: request ? { requestId: request.id } : {} };
}

function without(extensions: GraphQLErrorExtensions, keys: readonly string[]): GraphQLErrorExtensions {
  return Object.fromEntries(Object.entries(extensions).filter(([key]) => !keys.includes(key)));
}

/** The error that was thrown first, out of whatever GraphQL put around it. */
function rootCause(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
}
