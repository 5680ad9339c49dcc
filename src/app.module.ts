import { type DynamicModule, Global, Module } from '@nestjs/common';

import { AccountsModule } from './accounts/accounts.module.js';
import { CommandsModule } from './commands/commands.module.js';
import { Config } from './config.js';
import { DatabaseConnection } from './database/database-connection.js';
import { DatabaseModule } from './database/database.module.js';
import { DeskModule } from './desk/desk.module.js';
import { EditionsModule } from './editions/editions.module.js';
import { PublishingModule } from './publishing/publishing.module.js';
import { ServerModule } from './server/server.module.js';

@Global()
@Module({})
class ConfigModule {}

/** Wires the rooms together for one database. */
@Module({})
export class AppModule {
  static register({
    config,
    connectionString,
  }: {
    readonly config: Config;
    readonly connectionString: string;
  }): DynamicModule {
    return {
      module: AppModule,
      imports: [
        { module: ConfigModule, providers: [{ provide: Config, useValue: config }], exports: [Config] },
        DatabaseModule.register({ connectionString, config }),
        AccountsModule,
        EditionsModule,
        DeskModule,
        PublishingModule,
        CommandsModule,
        ServerModule.forRoot(config, DatabaseConnection),
      ],
    };
  }
}
