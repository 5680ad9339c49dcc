import { Field, ObjectType } from '@nestjs/graphql';
import { EmailAddressScalar } from '../common/scalars.js';
import type { ContactPurpose } from '../common/vocabulary.js';
import { ContactPurposeType } from '../common/vocabulary.type.js';

@ObjectType('ContactPoint', { description: 'An address, and what it is for.' })
export class ContactPoint {
  @Field(() => [ContactPurposeType], { description: 'What the address is for.' })
  readonly purposes!: readonly ContactPurpose[];

  @Field(() => EmailAddressScalar, { description: 'The e-mail address, like `media@example.org`.' })
  readonly email!: string;
}
