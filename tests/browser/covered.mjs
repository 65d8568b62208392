// Holds what the walks looked at against `routes.json`: each page is looked at by the walk that it names. (`tests/walks.rs` holds
// `routes.json` against the router.)
//
//   node covered.mjs OUT          OUT: where the walks have left their lists

import fs from 'node:fs';
import path from 'node:path';

const [out] = process.argv.slice(2);
const here = path.dirname(new URL(import.meta.url).pathname);
const routes = JSON.parse(fs.readFileSync(path.join(here, 'routes.json'), 'utf8'));
const missed = [];

for (const [route, walk] of Object.entries(routes)) {
  if (walk.startsWith('none: ')) continue;
  const list = path.join(out, `visited-${walk}.txt`);
  const visited = fs.existsSync(list) ? fs.readFileSync(list, 'utf8').split('\n') : [];
  const pattern = new RegExp(`^${route.replace(/[.]/g, '\\.').replace(/\{[^}]*\}/g, '[^/]+')}$`);
  if (!visited.some((it) => pattern.test(it))) missed.push(`${route}: the walk ${walk} has not looked at it`);
}
for (const it of missed) console.log(`✗ ${it}`);
console.log(`${Object.keys(routes).length} pages in the list, ${missed.length} not looked at`);
process.exitCode = missed.length === 0 ? 0 : 1;
