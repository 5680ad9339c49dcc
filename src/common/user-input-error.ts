import { GraphQLError } from 'graphql';

/** A mistake in what the caller sent: `extensions.code` BAD_USER_INPUT, `extensions.argument` the argument's name. */
export function userInputError(argument: string, reason: string): GraphQLError {
  return new GraphQLError(`Argument "${argument}" ${reason}.`, { extensions: { code: 'BAD_USER_INPUT', argument } });
}
