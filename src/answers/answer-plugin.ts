import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import {
  defaultFieldResolver,
  type DocumentNode,
  type FormattedExecutionResult,
  getVariableValues,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { Shown } from '../common/shown.js';
import { type CompiledOperation, compileOperation, type Outcomes } from './compile-operation.js';
import type { KnownOperation, PreparedAnswer, PublicAnswers } from './public-answers.js';
import type { Variables } from './write-value.js';

/** A context in which the first level's fields may have been asked already. */
interface AnsweringContext {
  readonly req: AnsweredRequest;
  readonly shown: Shown;
  outcomes?: Outcomes;
}

/** The request that an answer is prepared for. */
export interface AnsweredRequest {
  preparedAnswer: PreparedAnswer | null;
}

/** What an operation may ask for, in points of cost. */
export interface Cost {
  readonly asked: number;
  readonly allowed: number;
}

/** Counts what an operation asks for with these variables. */
export type CostOf = (operation: Omit<KnownOperation, 'compiled'>, variables: Variables) => Cost;

/** An answer's data that is written as JSON already. */
class WrittenData {
  constructor(readonly json: string) {}
}

/** Each operation compiled once; null for those that are not. They go when their document does. */
const compiledOperations = new WeakMap<OperationDefinitionNode, CompiledOperation | null>();

/** The operation, compiled; null where GraphQL has to execute it step by step. */
export function compiledOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  // Apollo has none where the request names none of several.
  operation: OperationDefinitionNode | undefined,
): CompiledOperation | null {
  if (operation === undefined) return null;
  let compiled = compiledOperations.get(operation);
  if (compiled === undefined) {
    compiled = compileOperation(schema, document, operation);
    compiledOperations.set(operation, compiled);
  }
  return compiled;
}

/**
 * Answers queries by their compiled form. What meets an error goes on in GraphQL's own execution, with what was found
 * already: that tells errors field by field, and asks nothing twice but articles that were written before.
 */
export function answerCompiled(answers: PublicAnswers, costOf: CostOf): ApolloServerPlugin<AnsweringContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        responseForOperation: async ({ schema, document, operation, operationName, source, request, contextValue }) => {
          // What has met an error already is told field by field.
          if (contextValue.outcomes !== undefined) return null;
          const compiled = compiledOperation(schema, document, operation);
          if (compiled === null) return null;
          const known = { schema, document, operation, compiled };
          answers.rememberOperation(source, request.operationName ?? null, known);
          const variables = request.variables ?? {};
          const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
          if (coerced === undefined) return null;
          const { changes } = answers.cache;
          const answer = await compiled(coerced, contextValue);
          if ('outcomes' in answer) {
            contextValue.outcomes = answer.outcomes;
            return null;
          }
          contextValue.req.preparedAnswer = { shown: contextValue.shown, operationName, changes };
          const data = new WrittenData(answer.json) as unknown as Record<string, unknown>;
          return {
            http: { status: undefined, headers: new HeaderMap() },
            body: { kind: 'single', singleResult: { data, extensions: { cost: costOf(known, variables) } } },
          };
        },
      }),
  };
}

/** The field whose answer, if there is one, depends on nothing but the article that it shows. */
const ONE_ARTICLE = 'article';

/**
 * Lets the fields of the first level be answered with what was found already, and has them tell whether what they
 * show depends on all that is published.
 */
export function watchRootFields(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = async (source, args, context: AnsweringContext, info): Promise<unknown> => {
      const known = context.outcomes?.get(String(info.path.key));
      if (known !== undefined) return known;
      const value: unknown = await resolve(source, args, context, info);
      if (field.name !== ONE_ARTICLE || value == null) context.shown.isList = true;
      return value;
    };
  }
}

/** Writes an answer as JSON; data that is JSON already is put in as it is. */
export function answerJson(result: FormattedExecutionResult): string {
  const { data, ...rest } = result;
  if (!((data as unknown) instanceof WrittenData)) return JSON.stringify(result);
  const json = `{"data":${(data as unknown as WrittenData).json}`;
  const others = JSON.stringify(rest);
  return others === '{}' ? `${json}}` : `${json},${others.slice(1)}`;
}

/** The text of an answer whose data is JSON already, as answerJson writes it. */
export function writtenAnswer(json: string, cost: Cost): string {
  return `{"data":${json},"extensions":{"cost":{"asked":${cost.asked},"allowed":${cost.allowed}}}}`;
}
