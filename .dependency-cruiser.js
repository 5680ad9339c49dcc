/** The rooms from the foundation up: a room may import those before it, never those after it. */
const ROOMS = [
  'common',
  'database',
  'accounts',
  'publishers',
  'sources',
  'taxonomy',
  'contacts',
  'rights',
  'articles',
  'reading',
  'texts',
  'documents',
  'editions',
  'publishing',
  'desk',
  'imports',
  'answers',
  'playground',
  'server',
  'commands',
];

const REFERENCE_DATA = ['publishers', 'sources', 'taxonomy', 'contacts'];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...ROOMS.slice(0, -1).map((room, i) => ({
      name: `${room}-imports-no-later-room`,
      severity: 'error',
      comment: 'Arrows run from commands down to common, never back.',
      from: { path: `^src/${room}/` },
      to: { path: `^src/(${ROOMS.slice(i + 1).join('|')})/` },
    })),
    ...REFERENCE_DATA.slice(1).map((room, i) => ({
      name: `${room}-stands-alone`,
      severity: 'error',
      comment: 'Reference data rooms do not know each other.',
      from: { path: `^src/${room}/` },
      to: { path: `^src/(${REFERENCE_DATA.slice(0, i + 1).join('|')})/` },
    })),
    {
      name: 'reading-stores-nothing',
      severity: 'error',
      comment: 'A reading depends on its document and on what is known of publishers, never on a database.',
      from: { path: '^src/reading/' },
      to: { path: '^src/database/|^node_modules/(typeorm|pg|@nestjs)/' },
    },
    {
      name: 'rooms-do-not-import-the-house',
      severity: 'error',
      comment: 'Only the entries wire the application together.',
      from: { path: '^src/[^/]+/' },
      to: { path: '^src/(main|cli|app\\.module|whole\\.module)\\.ts$' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'Entities that point at each other use TypeORM’s Relation<> with a type import.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-development-packages-in-the-product',
      severity: 'error',
      comment: 'What runs in production is a dependency.',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$|^src/playground/browser/|^src/bundle\\.js$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/playground/browser/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
  },
};
