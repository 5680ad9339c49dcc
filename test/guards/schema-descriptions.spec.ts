import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  buildSchema,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';

const schema = buildSchema(readFileSync(new URL('../../src/schema.graphql', import.meta.url), 'utf8'));

interface Described {
  readonly where: string;
  readonly description: string | null | undefined;
}

/** Everything of a type that a front-end developer can read about, with where it stands. */
function partsOf(type: GraphQLNamedType): Described[] {
  const parts: Described[] = [{ where: type.name, description: type.description }];
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const field of Object.values(type.getFields())) {
      const where = `${type.name}.${field.name}`;
      parts.push({ where, description: field.description });
      parts.push(...field.args.map(({ name, description }) => ({ where: `${where}(${name}:)`, description })));
    }
  } else if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) {
      parts.push({ where: `${type.name}.${field.name}`, description: field.description });
    }
  } else if (isEnumType(type)) {
    for (const value of type.getValues()) {
      parts.push({ where: `${type.name}.${value.name}`, description: value.description });
    }
  }
  return parts;
}

const parts = Object.values(schema.getTypeMap())
  .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
  .flatMap(partsOf);

/** The last word of `Article.publishedOn(of:)`, as its letters. */
function lettersOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z]/g, '');
}

describe('every type, field, argument, input field and enum value', () => {
  it('has a description', () => {
    expect(parts.filter(({ description }) => !description?.trim()).map(({ where }) => where)).toEqual([]);
  });

  it('is described in whole sentences', () => {
    const cut = parts.filter(({ description }) => description && !/[.!?)`]$/.test(description.trim()));
    expect(cut.map(({ where, description }) => `${where}: ${description ?? ''}`)).toEqual([]);
  });

  it('is described by more than its own name', () => {
    const empty = parts.filter(({ where, description }) => {
      const name = where.split(/[.(]/).at(-1) ?? '';
      return description && lettersOf(description).replace(/^(?:the|an?)(?=.)/, '') === lettersOf(name);
    });
    expect(empty.map(({ where, description }) => `${where}: ${description ?? ''}`)).toEqual([]);
  });
});
