import { Extensions } from '@nestjs/graphql';
import { defaultFieldResolver, type GraphQLField, type GraphQLSchema, isObjectType } from 'graphql';
import { isForAnyone, type Permission, PERMISSIONS } from './permissions.js';
import { type DeskContext, signedIn } from './viewer.js';

/**
 * Says which permission a mutation or a field of the desk takes: one of several where it depends on what it is done to,
 * and then whoever finds that out asks for the one. Whatever is done in one language asks for it there, too.
 */
export function Permits(...permissions: readonly [Permission, ...Permission[]]): MethodDecorator & PropertyDecorator {
  return Extensions({ permissions });
}

/** Marks a field of the first level whose answer is for one person: it is neither compiled nor kept. */
export function Personal(): MethodDecorator & PropertyDecorator {
  return Extensions({ isPersonal: true });
}

/** The permissions of which a field takes one; none where it declares none, or one that there is not. */
export function permissionsOf(field: GraphQLField<unknown, DeskContext>): readonly Permission[] {
  const { permissions } = field.extensions;
  if (!Array.isArray(permissions)) return [];
  const known = PERMISSIONS.filter((one) => permissions.includes(one));
  return known.length === permissions.length ? known : [];
}

/** Every mutation, and every field of the desk: where somebody may or may not. */
export function guardedFields(schema: GraphQLSchema): readonly GraphQLField<unknown, DeskContext>[] {
  return [schema.getMutationType(), schema.getType('Desk')].flatMap((type) =>
    isObjectType(type) ? (Object.values(type.getFields()) as GraphQLField<unknown, DeskContext>[]) : [],
  );
}

/**
 * Has every mutation and every field of the desk ask whether its permission is given before anything is done.
 * Throws for one that declares none: such a server does not start.
 */
export function guardFields(schema: GraphQLSchema): void {
  for (const field of guardedFields(schema)) {
    const permissions = permissionsOf(field);
    const [permission] = permissions;
    if (permission === undefined) throw new TypeError(`${field.name} has to declare its permission with @Permits`);
    if (permissions.some(isForAnyone)) continue;
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = async (source, args, context, info): Promise<unknown> => {
      const viewer = await signedIn(context);
      viewer.demand(permissions.find((one) => viewer.may(one)) ?? permission);
      return await resolve(source, args, context, info);
    };
  }
}
