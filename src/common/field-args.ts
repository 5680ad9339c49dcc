import { TypeMetadataStorage } from '@nestjs/graphql';

/**
 * The arguments of a field that is a method of the object type itself: the method gets them as one object.
 * Nest's own `@Args` is heard on resolvers only.
 */
export function FieldArgs(argsType: new () => object): ParameterDecorator {
  return (prototype, method, index) => {
    if (method === undefined) throw new TypeError('only methods have arguments');
    TypeMetadataStorage.addMethodParamMetadata({
      kind: 'args',
      target: prototype.constructor,
      methodName: String(method),
      typeFn: () => argsType,
      index,
      options: {},
    });
  };
}
