import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';

/** Every field that a query selects below the field being resolved, through its fragments too. */
function fieldsBelow(info: GraphQLResolveInfo): readonly FieldNode[] {
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

/** The names of all fields that a query selects below the field being resolved. */
export function selectedFields(info: GraphQLResolveInfo): ReadonlySet<string> {
  return new Set(fieldsBelow(info).map((field) => field.name.value));
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

/** Whether a query selects a field of this name somewhere below a field of that name. */
export function selectsWithin(info: GraphQLResolveInfo, outer: string, inner: string): boolean {
  return fieldsBelow(info).some(
    (field) =>
      field.name.value === outer &&
      fieldsBelow({ ...info, fieldNodes: [field] }).some((one) => one.name.value === inner),
  );
}
