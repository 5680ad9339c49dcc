import { Field, ID, ObjectType } from '@nestjs/graphql';
import { toGlobalId } from '../common/global-id.js';
import type { LanguageTag } from '../common/language-tag.js';
import { EmailAddressScalar, LanguageTagScalar } from '../common/scalars.js';
import { RoleGrantType } from './account.type.js';
import { languagesOf, type Permission, PERMISSIONS, type RoleGrant } from './permissions.js';
import type { Viewer } from './viewer.js';

/** Where people write. Features add their fields; each declares its permission with `@Permits`. */
@ObjectType({ description: 'The desk, where people write. What you may do there is a matter of your roles.' })
export class Desk {
  constructor(readonly viewer: Viewer) {}
}

@ObjectType({ description: 'Something that you may do.' })
export class PermissionGrant {
  @Field(() => String, { description: 'What, in the words of the table of permissions: `translation.edit`.' })
  readonly permission!: Permission;

  @Field(() => [LanguageTagScalar], {
    nullable: true,
    description: 'In which languages, their regions included; null where it is in all, or not a matter of language.',
  })
  readonly languages!: readonly LanguageTag[] | null;
}

@ObjectType({ description: 'You, as you are signed in.' })
export class Me {
  constructor(readonly viewer: Viewer) {}

  @Field(() => ID, { description: 'An opaque id: your account’s.' })
  get id(): string {
    return toGlobalId('Account', this.viewer.account.id);
  }

  @Field(() => EmailAddressScalar, { description: 'What you sign in with.' })
  get email(): string {
    return this.viewer.account.email;
  }

  @Field(() => String, { description: 'Your name, as others at the desk read it.' })
  get name(): string {
    return this.viewer.account.name;
  }

  @Field(() => [RoleGrantType], { description: 'What you are at the desk.' })
  get roles(): readonly RoleGrant[] {
    return this.viewer.grants;
  }

  @Field(() => [PermissionGrant], {
    description: 'All that you may do by what you are signed in with: by a token, no more than its scopes.',
  })
  get permissions(): readonly PermissionGrant[] {
    return PERMISSIONS.filter((permission) => this.viewer.may(permission)).map((permission) => {
      const languages = languagesOf(permission, this.viewer.grants);
      return { permission, languages: languages === 'ALL' ? null : languages };
    });
  }
}
