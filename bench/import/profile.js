import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a file belongs in a profile: the package, or the file of the product. */
function placeOf(url, product) {
  if (url === '') return '(engine)';
  if (url.startsWith('node:')) return url;
  const inPackages = url.split('/node_modules/').at(-1);
  if (url.includes('/node_modules/'))
    return inPackages
      .split('/')
      .slice(0, inPackages.startsWith('@') ? 2 : 1)
      .join('/');
  return url.replace(/^file:\/\//, '').replace(`${product}/`, '');
}

/** One thread's profile: seconds that were worked, by place and by function. */
export async function readProfile(file, product) {
  const { nodes, samples, timeDeltas } = JSON.parse(await readFile(file, 'utf8'));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const self = new Map();
  for (const [i, id] of samples.entries()) self.set(id, (self.get(id) ?? 0) + timeDeltas[i] / 1e6);
  const places = new Map();
  const inclusive = new Map();
  const add = (map, key, seconds) => map.set(key, (map.get(key) ?? 0) + seconds);
  let idle = 0;
  for (const [id, seconds] of self) {
    const { callFrame } = byId.get(id);
    if (callFrame.functionName === '(program)') continue;
    // A thread without work waits there.
    if (callFrame.functionName === '(idle)' || callFrame.functionName === 'atomicsWaitLoop') {
      idle += seconds;
      continue;
    }
    add(
      places,
      callFrame.functionName === '(garbage collector)' ? '(garbage collector)' : placeOf(callFrame.url, product),
      seconds,
    );
    const seen = new Set();
    for (let at = id; at !== undefined; at = parents.get(at)) {
      const name = nameOf(byId.get(at).callFrame, product);
      if (seen.has(name)) continue;
      seen.add(name);
      add(inclusive, name, seconds);
    }
  }
  const sorted = (map) => [...map].sort((a, b) => b[1] - a[1]);
  const busy = sorted(places).reduce((all, [, seconds]) => all + seconds, 0);
  const isOurs = (url) => url.startsWith('file:') && !url.includes('/node_modules/');
  const own = new Set(
    nodes.filter(({ callFrame }) => isOurs(callFrame.url)).map(({ callFrame }) => nameOf(callFrame, product)),
  );
  return {
    isMain: nodes.some(({ callFrame }) => callFrame.url.endsWith('/cli.js')),
    busy,
    idle,
    places: sorted(places),
    /** With what they call; those of the product. */
    inclusive: sorted(inclusive).filter(([name]) => own.has(name)),
  };
}

function nameOf({ functionName, url, lineNumber }, product) {
  if (url === '') return functionName;
  const place = placeOf(url, product);
  const file = url.includes('/node_modules/') ? `${place}/${url.split('/').at(-1)}` : place;
  return `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}`;
}

/** Every thread's profile of a folder, the busiest first. */
export async function readProfiles(folder, product) {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.cpuprofile'));
  const profiles = await Promise.all(names.map((name) => readProfile(join(folder, name), product)));
  return profiles.sort((a, b) => b.busy - a.busy);
}
