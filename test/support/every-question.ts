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

/** How deep what is behind a closed field is asked. Each of its paths is: what leads there is the same for all of them. */
const CLOSED_DEPTH_MAX = 5;

/** Below what the server takes in one document. */
const FIELDS_MAX = 800;

/**
 * Every question that a schema lets one ask, as far as one argument at a time goes: each field of the first level with all
 * that is below it, and then again with every value of every argument anywhere in it. Required arguments have the first
 * of their values meanwhile. Of the desk, which is null as a whole for whoever has not signed in, many fields are asked by
 * one question.
 */
export function* everyQuestion(schema: GraphQLSchema, textsFor: TextsFor, depthMax: number): Generator<Question> {
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    if (field.name === 'desk') {
      yield* new Asker(schema, textsFor, Math.min(depthMax, CLOSED_DEPTH_MAX)).questionsBehind(field);
    } else yield* new Asker(schema, textsFor, depthMax).questionsOf(field);
  }
}

/** The same questions in fewer documents, each under a name of its own: `q0`, `q1` and so on. */
export function* merged(questions: Iterable<Question>, fieldsMax = FIELDS_MAX): Generator<Question> {
  const fields = [...questions].map(({ about, document }) => ({ about, field: document.slice(2, -2) }));
  for (const some of inPortions(fields, fieldsMax)) {
    yield {
      about: some.map(({ about }) => about).join(' '),
      document: `{ ${some.map(({ field }, i) => `q${i}: ${field}`).join(' ')} }`,
    };
  }
}

/** Portions of what is asked that have no more fields than this, or one alone. */
function* inPortions<T extends { readonly field: string }>(all: readonly T[], fieldsMax: number): Generator<T[]> {
  let portion: T[] = [];
  let count = 0;
  for (const one of all) {
    // Names, at the most: of arguments too.
    const names = one.field.match(/[A-Za-z_]\w*/g)?.length ?? 0;
    if (portion.length > 0 && count + names > fieldsMax) {
      yield portion;
      [portion, count] = [[], 0];
    }
    portion.push(one);
    count += names;
  }
  if (portion.length > 0) yield portion;
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
    // Required arguments are given together, each in turn with all its values.
    const firsts = new Map([...this.requiredOf(field), ...always]);
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

  /**
   * Each field that is behind another with every value of each of its arguments, and once with all that is below it: many
   * to a question.
   */
  *questionsBehind(closed: GraphQLField<unknown, unknown>): Generator<Question> {
    const type = getNamedType(closed.type);
    const behind = isObjectType(type) ? Object.values(type.getFields()) : [];
    const fields = behind.flatMap((field) => {
      const leaf = isLeafType(getNamedType(field.type)) ? '' : '{ __typename }';
      const whole = this.selection(field.type, [closed.name, field.name], undefined, [type]);
      const valuesOf = (argument: GraphQLArgument): string[] => this.valuesOf(argument.type, argument.name);
      return [
        { about: `${closed.name}.${field.name}`, field: `${callOf(field, this.requiredOf(field))} ${whole}` },
        ...field.args.flatMap((argument) =>
          valuesOf(argument).map((value) => ({
            about: `${closed.name}.${field.name}(${argument.name}: ${value})`,
            field: `${callOf(field, this.requiredOf(field).set(argument.name, value))} ${leaf}`,
          })),
        ),
      ];
    });
    for (const some of inPortions(fields, FIELDS_MAX)) {
      const asked = some.map(({ field }, i) => `f${i}: ${field}`).join(' ');
      yield { about: some.map(({ about }) => about).join(' '), document: `{ ${closed.name} { ${asked} } }` };
    }
  }

  /** The arguments that a field must be given, each with the first of its values. */
  private requiredOf(field: GraphQLField<unknown, unknown>): Map<string, string> {
    const required = field.args.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);
    return new Map(required.map((one) => [one.name, this.valuesOf(one.type, one.name)[0] ?? 'null']));
  }

  private question(
    about: string,
    field: GraphQLField<unknown, unknown>,
    args: ReadonlyMap<string, string>,
    inner?: InnerArgument,
  ): Question {
    return { about, document: `{ ${callOf(field, args)} ${this.selection(field.type, [], inner)} }` };
  }

  /**
   * All fields of a type, and of what they lead to, each under a name of its own in unions and interfaces. What leads back
   * to a type that it came from, as a text to its article, is gone through once. Where an argument is tried inside, it is
   * what leads to it and what is below it alone: all the rest is in the question without it.
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
      if (!this.goesInto(field.type, below, from) || !leadsTo(inner, below)) return [];
      const args = this.requiredOf(field);
      if (inner?.path.join('.') === below.join('.')) args.set(inner.name, inner.value);
      const alias = prefix === '' ? '' : `${prefix}${field.name}: `;
      return [`${alias}${callOf(field, args)} ${this.selection(field.type, below, inner, from)}`];
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

function callOf({ name }: GraphQLField<unknown, unknown>, args: ReadonlyMap<string, string>): string {
  const given = [...args].map(([key, value]) => `${key}: ${value}`).join(', ');
  return given === '' ? name : `${name}(${given})`;
}

function leadsTo(inner: InnerArgument | undefined, below: readonly string[]): boolean {
  return inner === undefined || below.every((name, i) => inner.path[i] === undefined || inner.path[i] === name);
}
