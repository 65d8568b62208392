// Roles and a second factor in real Chromium, against a demo that is running: a leader looks at the people of the unit, gives a
// colleague a role, adds an authenticator app, and signs in with its code. On every page: no finding by axe (WCAG 2.2 AA), no
// sideways scroll, no secret in address or title. Screenshots in three widths are left in OUT.
//
//   node people.mjs LINK OUT          LINK: the one-time link that `meldeport user add liv … --role leader` prints

import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { open } from './chromium.mjs';

const [link, out] = process.argv.slice(2);
const base = new URL(link).origin;
const here = path.dirname(new URL(import.meta.url).pathname);
const axe = fs.readFileSync(path.join(here, 'node_modules/axe-core/axe.min.js'), 'utf8');
const password = 'fjorten grønne elger';
const problems = new Set();
let steps = 0;

const { browser, page } = await open(base, problems, { bypassCSP: true });

async function look(name) {
  steps += 1;
  for (const [theme, width] of [['light', 320], ['light', 800], ['light', 1400], ['dark', 800]]) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
    await page.setViewport({ width, height: 900 });
    await page.screenshot({ path: path.join(out, `${name}-${theme}-${width}.png`), fullPage: true });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) problems.add(`${name}, ${width} px: ${over} px too wide`);
    const found = await page.evaluate(async (source) => {
      if (!window.axe) (0, eval)(source);
      return window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    }, axe);
    for (const it of found.violations) problems.add(`${name}, ${theme}, ${width} px: ${it.id} at ${it.nodes[0].target}`);
  }
}

function expect(holds, what) {
  steps += 1;
  if (!holds) problems.add(what);
}

const press = (selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);
const text = () => page.evaluate(() => document.body.innerText);

/// The code of an authenticator app (RFC 6238) in the period that is `later` from now.
function code(secret, later = 0) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replace(/[^A-Z2-7]/gi, '').toUpperCase()].map((it) => letters.indexOf(it).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((it) => parseInt(it, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + later));
  const hash = crypto.createHmac('sha1', key).update(counter).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
}

await page.goto(link);
for (const field of await page.$$('input[type=password]')) await field.type(password);
await press('main form:not([data-passkey]) button');
expect(new URL(page.url()).pathname === '/', `the first link leads in, not to ${page.url()}`);
await look('leader-list');

await page.goto(`${base}/people`);
expect((await text()).includes('Liv Leder'), 'the leader is not among the people of the unit');
await look('people');
await page.goto(`${base}/second`);
await look('second');
await page.goto(`${base}/journal`);
await look('journal');

await page.goto(`${base}/account`);
await look('account');
await press('form[action="/account/app"] button');
await look('app-begun');
const secret = await page.$eval('.one-time-link', (it) => it.innerText);
await page.type('#code', '000000');
await press('form[action="/account/app/confirm"] button');
expect(await page.$('[role=alert]'), 'a wrong code is taken');
await look('app-wrong');
if (!(await page.$('form[action="/account/app/confirm"]'))) {
  problems.add('after a wrong code there is no field for the right one');
}
const shown = await page.$eval('.one-time-link', (it) => it.innerText).catch(() => secret);
await page.type('#code', code(shown));
await press('form[action="/account/app/confirm"] button');
expect((await page.$$('.recovery-codes li')).length >= 8, 'there are no recovery codes');
await look('recovery-codes');

await page.goto(base);
await press('form[action="/sign-out"] button');
await page.goto(`${base}/sign-in`);
await page.type('#login', 'liv');
await page.type('#password', password);
await press('form[action="/sign-in"] button');
expect(new URL(page.url()).pathname === '/sign-in/second', `the password alone leads to ${page.url()}`);
await look('second-factor');
await page.goto(base);
expect(new URL(page.url()).pathname !== '/', 'the list is shown before the second factor');
await page.goto(`${base}/sign-in/second`);
await page.type('#code', '000000');
await press('form[action="/sign-in/second"] button');
await look('second-factor-wrong');
// The code that confirmed the app is used; the next period's is within what clocks may differ by.
await page.type('#code', code(shown, 1));
await press('form[action="/sign-in/second"] button');
expect(new URL(page.url()).pathname === '/', `the code leads to ${page.url()}`);

await browser.close();
for (const it of problems) console.log(`✗ ${it}`);
console.log(`${steps} looked at, ${problems.size} failed`);
process.exitCode = problems.size === 0 ? 0 : 1;
