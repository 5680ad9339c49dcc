import { runColophon } from './colophon.js';

await runColophon(process.argv.slice(2));
