import './compile-cache.js';

const { runColophon } = await import('./colophon.js');
await runColophon(process.argv.slice(2));
