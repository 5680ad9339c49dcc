import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

import { AccountsModule } from './accounts/accounts.module.js';
import { Config } from './config.js';
import { ContactsModule } from './contacts/contacts.module.js';
import { DatabaseConnection } from './database/database-connection.js';
import { DatabaseModule } from './database/database.module.js';
import { DOCUMENT_ENTITIES } from './documents/document.entities.js';
import { DeskModule } from './desk/desk.module.js';
import { EditionsModule } from './editions/editions.module.js';
import { IMPORT_ENTITIES } from './imports/import.entities.js';
import { PublishingModule } from './publishing/publishing.module.js';
import { RightsModule } from './rights/rights.module.js';
import { ServerModule } from './server/server.module.js';
import { SourcesModule } from './sources/sources.module.js';

@Global()
@Module({})
class ConfigModule {}

/** What the application is made for: one database, and the settings. */
export interface AppOptions {
  readonly config: Config;
  readonly connectionString: string;
}

/**
 * Wires together what answers requests, for one database. What reads and imports documents is no part of it: that takes as
 * long to load as all the rest, and WholeModule has it.
 */
@Module({})
export class AppModule {
  static register({ config, connectionString }: AppOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [
        { module: ConfigModule, providers: [{ provide: Config, useValue: config }], exports: [Config] },
        DatabaseModule.register({ connectionString, config }),
        // Tables that articles point at, or that are worked with later: TypeORM learns of all of them at once.
        TypeOrmModule.forFeature([...DOCUMENT_ENTITIES, ...IMPORT_ENTITIES]),
        ContactsModule,
        RightsModule,
        SourcesModule,
        AccountsModule,
        EditionsModule,
        PublishingModule,
        DeskModule,
        ServerModule.forRoot(config, DatabaseConnection),
      ],
    };
  }
}
