import { type DynamicModule, Module } from '@nestjs/common';

import { AppModule, type AppOptions } from './app.module.js';
import { CommandsModule } from './commands/commands.module.js';

/** All rooms: what answers requests, and what reads, imports and works on documents, for commands. */
@Module({})
export class WholeModule {
  static register(options: AppOptions): DynamicModule {
    return { module: WholeModule, imports: [AppModule.register(options), CommandsModule] };
  }
}
