import { ForbiddenException, Logger } from '@nestjs/common';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { DatabaseTimeoutError, DatabaseUnavailableError } from '../database/database-errors.js';
import { errorFormatter } from './error-formatting.js';

const format = (error: unknown, formatted: Partial<GraphQLFormattedError> = {}): GraphQLFormattedError =>
  errorFormatter({ hideSchemaDetails: true })(
    {
      message: error instanceof Error ? error.message : String(error),
      extensions: { code: 'INTERNAL_SERVER_ERROR', ...(error instanceof GraphQLError ? error.extensions : {}) },
      ...formatted,
    },
    error,
  );

/** An error as GraphQL wraps what a resolver threw. */
const thrown = (originalError: Error): GraphQLError =>
  new GraphQLError(originalError.message, { path: ['article'], originalError });

describe('errorFormatter', () => {
  beforeAll(() => {
    Logger.overrideLogger(false);
  });

  it.each([new TypeError('x is not a function'), new Error('SELECT 1'), new GraphQLError('SELECT 1')])(
    'masks %s',
    (error) => {
      expect(format(thrown(error))).toEqual({
        message: 'Something went wrong on our side.',
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      });
    },
  );

  it.each([new DatabaseUnavailableError(), new DatabaseTimeoutError()])('calls %s by its name', (error) => {
    expect(format(thrown(error)).extensions).toEqual({ code: 'SERVICE_UNAVAILABLE' });
  });

  it('lets through what was given a code, with its extensions', () => {
    const error = new GraphQLError('No.', {
      extensions: { code: 'BAD_USER_INPUT', argument: 'first', http: { status: 400 } },
    });
    expect(format(thrown(error), { message: 'No.' })).toEqual({
      message: 'No.',
      extensions: { code: 'BAD_USER_INPUT', argument: 'first' },
    });
  });

  it('gives a refused argument the code that GraphQL forgot', () => {
    expect(
      format(thrown(new GraphQLError('Argument "if" of non-null type "Boolean!" must not be null.'))),
    ).toMatchObject({
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('blames the caller for a document that overflows the stack, and us for a resolver that does', () => {
    const overflow = new RangeError('Maximum call stack size exceeded');
    expect(format(new GraphQLError('', { originalError: overflow })).extensions?.code).toBe('OPERATION_TOO_COMPLEX');
    expect(format(thrown(overflow), { path: ['article'] }).extensions?.code).toBe('INTERNAL_SERVER_ERROR');
  });

  it('understands what Nest’s guards throw', () => {
    expect(format(thrown(new ForbiddenException('Editors only.')))).toMatchObject({
      message: 'Editors only.',
      extensions: { code: 'FORBIDDEN' },
    });
  });

  it('hides the names that GraphQL would suggest', () => {
    const error = new GraphQLError('Cannot query field "a". Did you mean "b" or "c"?', {
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
    expect(format(error).message).toBe('Cannot query field "a".');
  });
});
