import { InvalidValue } from '../../common/problem.type.js';

/** The first of these fields that is null, where only leaving it out has a meaning; null where none is. */
export function refuseNull<Input extends object>(
  input: Input,
  fields: readonly (keyof Input & string)[],
): InvalidValue | null {
  const field = fields.find((one) => input[one] === null);
  return field === undefined ? null : new InvalidValue(field, 'must not be null: left out, it stays');
}

/** Without what was left out; null stays. */
export function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
