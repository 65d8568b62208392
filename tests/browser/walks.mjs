// Runs the walks of the roles, each against a demo of its own.
//
//   node walks.mjs PROGRAM OUT FOLDER [WALK…]      OUT: for screenshots; FOLDER: for the made-up worlds; without WALK: all

import path from 'node:path';
import { World } from './world.mjs';

const [program, out, folder, ...chosen] = process.argv.slice(2);
const all = ['worker', 'leader', 'guest', 'auditor', 'private', 'factor', 'pages'];
let failed = 0;

for (const name of chosen.length > 0 ? chosen : all) {
  const { default: role, settings } = await import(`./${name}.mjs`);
  const world = await World.start(program, path.join(folder, name), out, settings);
  const walk = await world.walk(name);
  try {
    await role(world, walk);
  } catch (error) {
    walk.problems.add(`broke off: ${error.stack}`);
  }
  await walk.end();
  failed += walk.problems.size;
  await world.stop();
}

process.exitCode = failed === 0 ? 0 : 1;
