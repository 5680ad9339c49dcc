import './compile-cache.js';

const { runColophon } = await import('./colophon.js');
await runColophon(['serve', ...process.argv.slice(2)]);
