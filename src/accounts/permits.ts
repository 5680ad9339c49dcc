import { Extensions } from '@nestjs/graphql';
import { defaultFieldResolver, type GraphQLField, type GraphQLSchema, isObjectType } from 'graphql';
import { isForAnyone, type Permission, PERMISSIONS } from './permissions.js';
import { type DeskContext, signedIn } from './viewer.js';

/** Says which permission a mutation or a field of the desk takes. Whatever is done in one language asks for it there, too. */
export function Permits(permission: Permission): MethodDecorator & PropertyDecorator {
  return Extensions({ permission });
}

/** Marks a field of the first level whose answer is for one person: it is neither compiled nor kept. */
export function Personal(): MethodDecorator & PropertyDecorator {
  return Extensions({ isPersonal: true });
}

/** The permission that a field takes; null where it declares none that there is. */
export function permissionOf(field: GraphQLField<unknown, DeskContext>): Permission | null {
  const { permission } = field.extensions;
  return PERMISSIONS.find((one) => one === permission) ?? null;
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
    const permission = permissionOf(field);
    if (permission === null) throw new TypeError(`${field.name} has to declare its permission with @Permits`);
    if (isForAnyone(permission)) continue;
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = async (source, args, context, info): Promise<unknown> => {
      const viewer = await signedIn(context);
      viewer.demand(permission);
      return await resolve(source, args, context, info);
    };
  }
}
