import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** Values to try for arguments that are texts, by what they are called or what type they are of. */
export type TextsFor = (argument: { readonly name: string; readonly type: string }) => readonly string[];

/** A question to the API, and the argument that it was made for. */
export interface Question {
  readonly about: string;
  readonly document: string;
}

/** How deep inputs are filled in: filters hold filters. */
const INPUT_DEPTH_MAX = 2;

/** Who has not signed in is told nothing of the desk as a whole: each of its fields is asked, and all that these take. */
const DESK_DEPTH_MAX = 2;

/**
 * Every question that a schema lets one ask, as far as one argument at a time goes: each field of the first level with all
 * that is below it, and then again with every value of every argument anywhere in it. Required arguments have the first
 * of their values meanwhile.
 */
export function* everyQuestion(schema: GraphQLSchema, textsFor: TextsFor, depthMax: number): Generator<Question> {
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    const depth = field.name === 'desk' ? Math.min(depthMax, DESK_DEPTH_MAX) : depthMax;
    yield* new Asker(schema, textsFor, depth).questionsOf(field);
  }
}

/** Everything that can be followed, in the same way, each time after the cursor. */
export function* everySubscription(
  schema: GraphQLSchema,
  textsFor: TextsFor,
  depthMax: number,
  after: string,
): Generator<Question> {
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    const asker = new Asker(schema, textsFor, depthMax);
    for (const { about, document } of asker.questionsOf(field, new Map([['after', JSON.stringify(after)]]))) {
      yield { about, document: `subscription ${document}` };
    }
  }
}

class Asker {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly textsFor: TextsFor,
    private readonly depthMax: number,
  ) {}

  *questionsOf(
    field: GraphQLField<unknown, unknown>,
    always: ReadonlyMap<string, string> = new Map(),
  ): Generator<Question> {
    const required = field.args.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);
    const combined = required.map((argument) => ({ argument, values: this.valuesOf(argument.type, argument.name) }));
    // Required arguments are given together, each in turn with all its values.
    const firsts = new Map([
      ...combined.map(({ argument, values }) => [argument.name, values[0] ?? 'null'] as const),
      ...always,
    ]);
    for (const argument of field.args.filter(({ name }) => !always.has(name))) {
      for (const value of this.valuesOf(argument.type, argument.name)) {
        const args = new Map(firsts).set(argument.name, value);
        yield this.question(`${field.name}(${argument.name})`, field, args);
      }
    }
    yield this.question(field.name, field, firsts);
    for (const about of this.innerArguments(field.type, [])) {
      for (const value of this.valuesOf(about.argument.type, about.argument.name)) {
        const path = `${field.name}.${about.path.join('.')}(${about.argument.name}: ${value})`;
        yield this.question(path, field, firsts, { path: about.path, name: about.argument.name, value });
      }
    }
  }

  private question(
    about: string,
    field: GraphQLField<unknown, unknown>,
    args: ReadonlyMap<string, string>,
    inner?: InnerArgument,
  ): Question {
    const given = [...args].map(([name, value]) => `${name}: ${value}`).join(', ');
    const call = given === '' ? field.name : `${field.name}(${given})`;
    return { about, document: `{ ${call} ${this.selection(field.type, [], inner)} }` };
  }

  /**
   * All fields of a type, and of what they lead to, each under a name of its own in unions and interfaces. What leads back
   * to a type that it came from, as a text to its article, is gone through once.
   */
  private selection(
    type: GraphQLOutputType,
    path: readonly string[],
    inner: InnerArgument | undefined,
    from: readonly GraphQLNamedType[] = [],
  ): string {
    const named = getNamedType(type);
    if (isLeafType(named)) return '';
    if (isAbstractType(named)) {
      const types = this.schema.getPossibleTypes(named).map((one) => {
        return `... on ${one.name} ${this.fields(one, path, inner, `${one.name.toLowerCase()}_`, from)}`;
      });
      return `{ __typename ${types.join(' ')} }`;
    }
    return isObjectType(named) ? this.fields(named, path, inner, '', from) : '';
  }

  private fields(
    type: GraphQLObjectType,
    path: readonly string[],
    inner: InnerArgument | undefined,
    prefix: string,
    before: readonly GraphQLNamedType[],
  ): string {
    const from = [...before, type];
    const fields = Object.values(type.getFields()).flatMap((field) => {
      const below = [...path, field.name];
      if (!this.goesInto(field.type, below, from)) return [];
      const required = field.args.filter(({ type: t, defaultValue }) => isNonNullType(t) && defaultValue === undefined);
      const args = new Map(required.map((one) => [one.name, this.valuesOf(one.type, one.name)[0] ?? 'null']));
      if (inner?.path.join('.') === below.join('.')) args.set(inner.name, inner.value);
      const given = [...args].map(([name, value]) => `${name}: ${value}`).join(', ');
      const call = given === '' ? field.name : `${field.name}(${given})`;
      const alias = prefix === '' ? '' : `${prefix}${field.name}: `;
      return [`${alias}${call} ${this.selection(field.type, below, inner, from)}`];
    });
    return `{ __typename ${fields.join(' ')} }`;
  }

  private goesInto(type: GraphQLOutputType, below: readonly string[], from: readonly GraphQLNamedType[]): boolean {
    const named = getNamedType(type);
    return isLeafType(named) || (below.length < this.depthMax && !from.includes(named));
  }

  private *innerArguments(
    type: GraphQLOutputType,
    path: readonly string[],
    from: readonly GraphQLNamedType[] = [],
  ): Generator<{ readonly path: readonly string[]; readonly argument: GraphQLArgument }> {
    const named = getNamedType(type);
    if (isLeafType(named) || path.length >= this.depthMax - 1) return;
    const types = isAbstractType(named) ? this.schema.getPossibleTypes(named) : isObjectType(named) ? [named] : [];
    for (const one of types) {
      for (const field of Object.values(one.getFields())) {
        const below = [...path, field.name];
        if (!this.goesInto(field.type, below, [...from, one])) continue;
        for (const argument of field.args) yield { path: below, argument };
        yield* this.innerArguments(field.type, below, [...from, one]);
      }
    }
  }

  /** Values of an input type, as literals: each alternative once. */
  private valuesOf(type: GraphQLInputType, name: string, depth = 0): string[] {
    if (isNonNullType(type)) return this.valuesOf(type.ofType, name, depth);
    if (isListType(type)) return this.valuesOf(type.ofType, name, depth).map((value) => `[${value}]`);
    if (isEnumType(type)) return type.getValues().map((value) => value.name);
    if (isInputObjectType(type)) {
      if (depth >= INPUT_DEPTH_MAX) return [];
      const fields = Object.values(type.getFields());
      const needed = fields.filter((field) => isNonNullType(field.type) && field.defaultValue === undefined);
      const first = new Map(needed.map((field) => [field.name, this.valuesOf(field.type, field.name, depth + 1)[0]]));
      return fields.flatMap((field) =>
        this.valuesOf(field.type, field.name, depth + 1).map((value) => {
          const given = new Map(first).set(field.name, value);
          return `{ ${[...given].map(([key, one]) => `${key}: ${one ?? 'null'}`).join(', ')} }`;
        }),
      );
    }
    if (type.name === 'Boolean') return ['true', 'false'];
    if (type.name === 'Int') return ['3'];
    return this.textsFor({ name, type: type.name }).map((text) => JSON.stringify(text));
  }
}

interface InnerArgument {
  readonly path: readonly string[];
  readonly name: string;
  readonly value: string;
}
