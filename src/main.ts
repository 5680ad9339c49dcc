import { runColophon } from './colophon.js';

await runColophon(['serve', ...process.argv.slice(2)]);
