/** What runs without being imported: entries, commands' scripts, the playground's page, tests. */
export default {
  entry: ['src/main.ts', 'src/cli.ts', 'src/print-schema.ts', 'src/playground/browser/*.tsx', 'test/support/*.{ts,js}'],
  project: ['src/**/*.{ts,tsx,js}', 'test/**/*.{ts,js}'],
  ignoreExportsUsedInFile: true,
  ignoreBinaries: ['mount', 'umount'],
  // Named in nest-cli.json, and there with @nestjs/cli.
  ignoreDependencies: ['@nestjs/schematics'],
};
