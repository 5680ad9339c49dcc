import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';

const HEADER =
  '# Printed from the code by `npm run schema`; a test compares it. Edit the resolvers, not this file.\n\n';

/** Builds the GraphQL schema of an application without starting it: no database, no port. */
export async function schemaOf(module: DynamicModule | Type): Promise<GraphQLSchema> {
  const app = await NestFactory.createApplicationContext(module, { preview: true, logger: false, abortOnError: false });
  try {
    return app.get(GraphQLSchemaHost, { strict: false }).schema;
  } finally {
    await app.close();
  }
}

/** Prints a schema in an order that does not depend on the order of imports. */
export function printSortedSchema(schema: GraphQLSchema): string {
  return `${HEADER}${printSchema(lexicographicSortSchema(schema))}\n`;
}
