import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountEntity, RoleEntity } from './account.entity.js';
import { AccountsQueries } from './accounts.queries.js';
import { AccountsResolver } from './accounts.resolver.js';
import { AccountsService } from './accounts.service.js';
import { AuditEntryEntity } from './audit/audit-entry.entity.js';
import { AuditTrail } from './audit/audit-trail.js';
import { AuditQueries } from './audit/audit.queries.js';
import { DeskResolver, MeResolver } from './desk.resolver.js';
import { GrantChanges } from './grant-changes.js';
import { OidcController } from './oidc/oidc.controller.js';
import { OidcService } from './oidc/oidc.service.js';
import { Provider } from './oidc/provider.js';
import { ApiTokensService } from './sign-in/api-tokens.service.js';
import { Authenticator } from './sign-in/authenticator.js';
import { ApiTokenEntity, SessionEntity, SessionSecretEntity } from './sign-in/credential.entity.js';
import { CredentialsResolver } from './sign-in/credentials.resolver.js';
import { Passwords } from './sign-in/passwords.js';
import { SessionsService } from './sign-in/sessions.service.js';
import { SignInLimiter } from './sign-in/sign-in-limiter.js';
import { SignInResolver } from './sign-in/sign-in.resolver.js';
import { SignInService } from './sign-in/sign-in.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      AccountEntity,
      RoleEntity,
      SessionEntity,
      SessionSecretEntity,
      ApiTokenEntity,
      AuditEntryEntity,
    ]),
  ],
  controllers: [OidcController],
  providers: [
    AccountsQueries,
    AccountsResolver,
    AccountsService,
    ApiTokensService,
    AuditQueries,
    AuditTrail,
    Authenticator,
    CredentialsResolver,
    DeskResolver,
    GrantChanges,
    MeResolver,
    OidcService,
    Passwords,
    Provider,
    SessionsService,
    SignInLimiter,
    SignInResolver,
    SignInService,
  ],
  exports: [AccountsQueries, AccountsService, AuditTrail, Authenticator, GrantChanges],
})
export class AccountsModule {}
