// The made-up world of `meldeport demo`, for walks that need more people and more reports than it begins with.

import { execFile, spawn } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { Walk } from './chromium.mjs';

const run = promisify(execFile);
const here = path.dirname(new URL(import.meta.url).pathname);
const corpus = path.join(here, '..', 'corpus');

export class World {
  /** Starts a demo under `folder`, with `settings` over those of the demo, and waits until it stands. */
  static async start(program, folder, out, settings = {}) {
    fs.mkdirSync(folder, { recursive: true });
    fs.mkdirSync(out, { recursive: true });
    const log = path.join(folder, 'demo.log');
    const said = fs.openSync(log, 'w');
    const demo = spawn(program, ['demo', '--var', path.join(folder, 'var')], { stdio: ['ignore', said, said], env: { ...process.env, ...settings } });
    for (let i = 0; i < 600 && !fs.readFileSync(log, 'utf8').includes('/meld/adgang/'); i += 1) await new Promise((next) => setTimeout(next, 100));
    const text = fs.readFileSync(log, 'utf8');
    const found = (pattern) => text.match(pattern)?.[0];
    const world = new World();
    const first = found(/https:\/\/\S*\/first\/\S+/);
    Object.assign(world, { program, out, demo, var: path.join(folder, 'var'), first, form: found(/https:\/\/\S*\/meld\/adgang\/\S+/), intake: text.match(/intake\s+(https:\/\/\S+)\/messages/)?.[1] });
    world.base = new URL(first).origin;
    return world;
  }

  walk(name) {
    return Walk.begin(name, this.base, this.out);
  }

  /** Runs the program on this world, and gives what it prints. */
  async meldeport(...line) {
    const { stdout } = await run(this.program, ['--config', path.join(this.var, 'meldeport.toml'), ...line]);
    return stdout;
  }

  /** A new person with a role; gives the one-time link. */
  async person(login, name, unit, role, ...more) {
    const said = await this.meldeport('user', 'add', login, '--name', name, '--unit', unit, '--role', role, ...more);
    return said.match(/https:\/\/\S*\/first\/\S+/)[0];
  }

  /** Sends a message of the corpus as if it had been written yesterday; gives our reference. */
  async send(file, who = 'hospital') {
    const text = fs.readFileSync(path.join(corpus, file), 'utf8');
    const id = text.match(/<MsgId>([^<]+)<\/MsgId>/)[1];
    const made = new Date(text.match(/<GenDate>([0-9-]{10})/)[1]);
    const days = Math.round((Date.now() - 86400000 - made) / 86400000);
    const fresh = text.replaceAll(id, crypto.randomUUID()).replace(/\b20[0-9]{2}-[0-9]{2}-[0-9]{2}\b/g, (day) => {
      const date = new Date(day);
      return Math.abs(date - made) > 400 * 86400000 ? day : new Date(date.getTime() + days * 86400000).toISOString().slice(0, 10);
    });
    const message = path.join(this.var, `${crypto.randomUUID()}.xml`);
    fs.writeFileSync(message, fresh);
    const certificate = (it) => path.join(this.var, 'certificates', it);
    const said = await this.meldeport('send', message, '--to', this.intake, '--certificate', certificate(`${who}.pem`), '--key', certificate(`${who}.key`), '--trust', certificate('authority.pem'), '--json');
    return JSON.parse(said.trim().split('\n')[0]).reference;
  }

  /** Changes a file of the unit directory, and has it read anew. */
  async directory(file, change) {
    const place = path.join(this.var, 'units', file);
    fs.writeFileSync(place, change(fs.readFileSync(place, 'utf8')));
    this.demo.kill('SIGHUP');
  }

  /** Day `days` from today, as a form takes it. */
  day(days = 0) {
    return dayInNorway(new Date(Date.now() + days * 86400000));
  }

  /** Does something with the database behind the gateway's back: what breaks is shown to people as well. */
  async database(sql) {
    await run('sqlite3', [path.join(this.var, 'data', 'meldeport.db'), sql]);
  }

  /** Nobody can write to the database while `work` goes on. */
  async locked(work) {
    const holder = spawn('sqlite3', [path.join(this.var, 'data', 'meldeport.db')], { stdio: ['pipe', 'ignore', 'inherit'] });
    holder.stdin.write('.timeout 5000\nBEGIN IMMEDIATE;\n');
    await new Promise((later) => setTimeout(later, 1000));
    await work();
    holder.stdin.end('ROLLBACK;\n');
    await new Promise((gone) => holder.once('exit', gone));
  }

  async stop() {
    this.demo.kill('SIGTERM');
    await new Promise((gone) => { this.demo.exitCode === null ? this.demo.once('exit', gone) : gone(); });
  }
}/** The day that it is in Norway, as a form takes it: at night it is another than in UTC. */
export function dayInNorway(moment) {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo' }).format(moment);
}


