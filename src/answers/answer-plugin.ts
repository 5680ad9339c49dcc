import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import {
  defaultFieldResolver,
  type DocumentNode,
  type FormattedExecutionResult,
  getVariableValues,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { type CompiledOperation, compileOperation, type Outcomes } from './compile-operation.js';

/** A context in which the first level's fields may have been asked already. */
interface AnsweringContext {
  outcomes?: Outcomes;
}

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
  operation: OperationDefinitionNode,
): CompiledOperation | null {
  let compiled = compiledOperations.get(operation);
  if (compiled === undefined) {
    compiled = compileOperation(schema, document, operation);
    compiledOperations.set(operation, compiled);
  }
  return compiled;
}

/**
 * Answers queries by their compiled form. What meets an error goes on in GraphQL's own execution, with what was found
 * already: that tells errors field by field, and asks nothing twice.
 */
export function answerCompiled(): ApolloServerPlugin<AnsweringContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        responseForOperation: async ({ schema, document, operation, request, contextValue }) => {
          const compiled = compiledOperation(schema, document, operation);
          if (compiled === null) return null;
          const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], request.variables ?? {});
          if (coerced === undefined) return null;
          const answer = await compiled(coerced, contextValue);
          if ('outcomes' in answer) {
            contextValue.outcomes = answer.outcomes;
            return null;
          }
          const data = new WrittenData(answer.json) as unknown as Record<string, unknown>;
          return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult: { data } } };
        },
      }),
  };
}

/** Lets the fields of the first level be answered with what was found already. */
export function rememberOutcomes(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = (source, args, context: AnsweringContext, info): unknown =>
      context.outcomes?.get(String(info.path.key)) ?? resolve(source, args, context, info);
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
