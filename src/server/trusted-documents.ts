import { readFileSync } from 'node:fs';
import { GraphQLError, type GraphQLSchema, Kind, parse, specifiedRules, validate } from 'graphql';
import { type Config, ConfigError } from '../config.js';
import { operationLimitsRule } from './operation-limits.js';

/** A document that whoever runs the server has allowed, under the id by which front ends ask it. */
export interface TrustedDocument {
  readonly id: string;
  /** What to call it where something is wrong with it. */
  readonly name: string;
  readonly text: string;
}

/**
 * Reads the file that the settings name; without one, there are none.
 * Throws ConfigError, with one line, for a file that is neither Apollo's manifest nor Relay's map.
 */
export function readTrustedDocuments({ trustedDocuments: path }: Config): readonly TrustedDocument[] {
  if (path === undefined) return [];
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw refusal(path, error instanceof SyntaxError ? 'it is not valid JSON' : 'it cannot be read');
  }
  if (!isRecord(content)) throw refusal(path, 'it must be the manifest of Apollo or the map of Relay');
  const documents = 'format' in content ? manifestDocuments(path, content) : mappedDocuments(path, content);
  const ids = new Set<string>();
  for (const { id, name } of documents) {
    if (ids.has(id)) throw refusal(path, `${name}: another document has its id`);
    ids.add(id);
  }
  return documents;
}

/** Source: Apollo, persisted query manifest, version 1. */
function manifestDocuments(path: string, manifest: Record<string, unknown>): TrustedDocument[] {
  const { format, version, operations } = manifest;
  if (format !== 'apollo-persisted-query-manifest' || version !== 1 || !Array.isArray(operations)) {
    throw refusal(path, 'its format must be apollo-persisted-query-manifest, version 1, with operations');
  }
  return operations.map((operation: unknown, i) => {
    if (!isRecord(operation) || typeof operation.id !== 'string' || typeof operation.body !== 'string') {
      throw refusal(path, `operations[${i}] must have an id and a body`);
    }
    const { id, body, name } = operation;
    return { id, name: typeof name === 'string' ? name : id, text: body };
  });
}

function mappedDocuments(path: string, map: Record<string, unknown>): TrustedDocument[] {
  return Object.entries(map).map(([id, text]) => {
    if (typeof text !== 'string') throw refusal(path, `${id} must be the text of a document`);
    return { id, name: id, text };
  });
}

/** Throws ConfigError, with a line for each, when trusted documents are not valid, or beyond the limits. */
export function checkTrustedDocuments(
  documents: readonly TrustedDocument[],
  schema: GraphQLSchema,
  config: Config,
): void {
  const rules = [...specifiedRules, operationLimitsRule(config)];
  const lines = documents.flatMap(({ name, text }) => {
    const reason = mistakeIn(text, (document) => validate(schema, document, rules), config.tokensMax);
    return reason === null ? [] : refusal(config.trustedDocuments ?? '', `${name}: ${reason}`).lines;
  });
  if (lines.length > 0) throw new ConfigError(lines);
}

function mistakeIn(
  text: string,
  check: (document: ReturnType<typeof parse>) => readonly GraphQLError[],
  maxTokens: number,
): string | null {
  try {
    const document = parse(text, { maxTokens });
    if (!document.definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION)) return 'it has no operation';
    return check(document)[0]?.message ?? null;
  } catch (error) {
    if (error instanceof GraphQLError) return error.message;
    throw error;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refusal(path: string, reason: string): ConfigError {
  return new ConfigError([`COLOPHON_TRUSTED_DOCUMENTS=${path}: ${reason}`]);
}
