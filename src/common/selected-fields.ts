import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';

/** What is below fields that were looked at: the same operation is asked again and again. */
const known = new WeakMap<object, readonly FieldNode[]>();

/** Every field that a query selects below the field being resolved, through its fragments too. */
function fieldsBelow(info: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>): readonly FieldNode[] {
  let fields = known.get(info.fieldNodes);
  if (fields === undefined) {
    fields = collectFieldsBelow(info);
    known.set(info.fieldNodes, fields);
  }
  return fields;
}

function collectFieldsBelow(info: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>): readonly FieldNode[] {
  const fields: FieldNode[] = [];
  const fragments = new Set<string>();
  const visit = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        fields.push(selection);
        visit(selection.selectionSet);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        visit(selection.selectionSet);
      } else if (!fragments.has(selection.name.value)) {
        fragments.add(selection.name.value);
        visit(info.fragments[selection.name.value]?.selectionSet);
      }
    }
  };
  for (const node of info.fieldNodes) visit(node.selectionSet);
  return fields;
}

const knownNames = new WeakMap<readonly FieldNode[], ReadonlySet<string>>();

/** The names of all fields that a query selects below the field being resolved. */
export function selectedFields(info: GraphQLResolveInfo): ReadonlySet<string> {
  const fields = fieldsBelow(info);
  let names = knownNames.get(fields);
  if (names === undefined) {
    names = new Set(fields.map((field) => field.name.value));
    knownNames.set(fields, names);
  }
  return names;
}

/**
 * Which of these values of an enum a query gives to an argument of the fields of a name, below the field being
 * resolved, in the order of `values`: as literals, by variables, or by leaving the argument out.
 */
export function selectedValues<Value extends string>(
  info: GraphQLResolveInfo,
  fieldName: string,
  argumentName: string,
  values: readonly Value[],
  defaultValue: Value,
): readonly Value[] {
  const given = new Set<unknown>();
  for (const field of fieldsBelow(info)) {
    if (field.name.value !== fieldName) continue;
    const value = field.arguments?.find((argument) => argument.name.value === argumentName)?.value;
    if (value?.kind === Kind.ENUM) given.add(value.value);
    else if (value?.kind === Kind.VARIABLE) given.add(info.variableValues[value.name.value] ?? defaultValue);
    else given.add(defaultValue);
  }
  return values.filter((value) => given.has(value));
}

/** Whether a query selects a field of one name somewhere below a field of another. */
export function selectsWithin({ fragments, ...info }: GraphQLResolveInfo, outer: string, inner: string): boolean {
  return fieldsBelow({ ...info, fragments }).some(
    (field) =>
      field.name.value === outer &&
      collectFieldsBelow({ fieldNodes: [field], fragments }).some((one) => one.name.value === inner),
  );
}
