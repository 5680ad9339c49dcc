/** What runs without being imported: entries, commands' scripts, the playground's page, tests, drills, benchmarks. */
export default {
  entry: [
    'src/main.ts',
    'src/cli.ts',
    'src/print-schema.ts',
    'src/playground/browser/*.tsx',
    'test/support/*.{ts,js}',
    'test/drills/{postgres-killed-during-import,import-killed,two-imports-at-once,publication-killed}.js',
    'test/drills/{killed-while-publishing,postgres-killed-during-saves,two-editors-at-once,one-slug-at-once}.js',
    'test/drills/{clocks-apart,shifted-clock}.js',
    'examples/front-end/{build,generate}.js',
    'examples/front-end/src/front-end.ts',
    'bench/import/{bare,usage}.js',
    'bench/public-api/{load-articles,scale,cached}.js',
    'bench/desk/{run,fifty-editors}.js',
  ],
  project: ['src/**/*.{ts,tsx,js}', 'test/**/*.{ts,js}', 'bench/**/*.js', 'examples/**/*.{ts,js}'],
  ignoreExportsUsedInFile: true,
  // Generated whole, whatever of it is used.
  ignore: ['examples/front-end/src/gql/**'],
  ignoreBinaries: ['mount', 'umount'],
  // Named in nest-cli.json, and there with @nestjs/cli; run by a guard as a process.
  ignoreDependencies: ['@nestjs/schematics', 'relay-compiler'],
};
