// The list in real Chromium, against a demo that is running: narrowing it with chips, searching by number and by name, news while
// the pointer rests on a row, all of it by keyboard, and without a script. On every page: no finding by axe (WCAG 2.2 AA), no
// sideways scroll, nothing personal in address or title. Screenshots in three widths and both themes are left in OUT.
//
//   node list.mjs LINK OUT PROGRAM WORLD     LINK: a one-time link of somebody who works in Gjerstad; WORLD: the demo's folder

import { execFileSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { open } from './chromium.mjs';

const [link, out, program, world] = process.argv.slice(2);
const base = new URL(link).origin;
const here = path.dirname(new URL(import.meta.url).pathname);
const axe = fs.readFileSync(path.join(here, 'node_modules/axe-core/axe.min.js'), 'utf8');
const sent = fs.readFileSync(path.join(here, '../corpus/valid/hospital-inpatient.xml'), 'utf8');
const number = sent.match(/>\s*(\d{2}[89]\d{8})\s*</)[1];
const family = sent.match(/FamilyName>([^<]+)</)[1];
const given = sent.match(/GivenName>([^<]+)</)[1];
const password = 'fjorten grønne elger';
const problems = new Set();
let steps = 0;

const { browser, page } = await open(base, problems, { bypassCSP: false });

async function look(name) {
  for (const value of [number, family]) {
    if (decodeURIComponent(page.url()).includes(value) || (await page.title()).includes(value)) problems.add(`${name}: something personal in address or title`);
  }
  for (const theme of ['light', 'dark']) {
    for (const width of [320, 800, 1400]) {
      steps += 1;
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
  await page.setViewport({ width: 1400, height: 900 });
}

function expect(holds, what) {
  steps += 1;
  if (!holds) problems.add(what);
}

const text = () => page.evaluate(() => document.body.innerText);
const rows = () => page.$$eval('table.rows tbody tr', (all) => all.length);
const press = (selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);

// Sends the report again under another id, as the hospital.
function send() {
  const file = path.join(fs.mkdtempSync(path.join(world, 'list-')), 'message.xml');
  const config = fs.readFileSync(path.join(world, 'meldeport.toml'), 'utf8');
  const listen = config.split(/^\[https\]/m)[1].match(/listen\s*=\s*"([^"]+)"/)[1];
  const certificate = (name) => path.join(world, 'certificates', name);
  fs.writeFileSync(file, sent.replace(/<MsgId>[^<]*</, `<MsgId>${crypto.randomUUID()}<`));
  execFileSync(program, ['send', file, '--to', `https://${listen}`, '--certificate', certificate('hospital.pem'), '--key', certificate('hospital.key'), '--trust', certificate('authority.pem')], { stdio: 'ignore' });
}

await page.setViewport({ width: 1400, height: 900 });
await page.setBypassCSP(false);
await page.goto(link);
for (const field of await page.$$('input[type=password]')) await field.type(password);
await press('main form:not([data-passkey]) button');
expect(new URL(page.url()).pathname === '/', `the first link leads in, not to ${page.url()}`);

// News, under the page's own policy: the pointer rests on a row, something comes, and the row stays where it is.
send();
await page.goto(`${base}/?tab=unassigned`);
const before = await rows();
const row = await page.$('table.rows tbody tr');
const place = await row.boundingBox();
await page.mouse.move(place.x + 40, place.y + place.height / 2);
send();
await page.waitForFunction(() => document.querySelector('.new-rows a'), { timeout: 20000 }).catch(() => problems.add('nothing is said of a report that has come'));
const moved = await row.boundingBox();
expect(moved.x === place.x && moved.y === place.y, 'the row moved under the pointer');
expect(await rows() === before, 'a row was put in by itself');
expect(/^1 ny/.test(await page.$eval('.new-rows', (it) => it.innerText)), 'what is new is not counted');
expect(await page.$eval('.new-rows', (it) => it.getAttribute('role')) === 'status', 'what is new is not announced');
await page.setBypassCSP(true); // From here on for axe.
await page.goto(`${base}/?tab=unassigned`);
expect(await rows() === before + 1, 'the new report is not in the list that is fetched again');
await look('list-columns');

// Narrowing: by the form, then a chip that takes it away.
await page.click('.narrow-list summary');
await look('list-narrow');
await page.select('#by-kind', 'BEHOV');
await page.select('#by-due', 'week');
await press('.narrow-fields button');
expect(page.url().includes('kind=BEHOV') && page.url().includes('due=week'), 'the filter is not in the address');
expect((await page.$$('.chip')).length === 3, 'two chips and one to reset are missing');
await look('list-narrowed');
await press('.chip');
expect(!page.url().includes('kind=BEHOV') && page.url().includes('due=week'), 'a chip does not take away what it says');
await press('.chip.clear');
expect(!page.url().includes('due='), 'the filter is not reset');

// Searching, by keyboard alone.
async function search(words) {
  await page.keyboard.press('/');
  expect(await page.evaluate(() => document.activeElement.id) === 'search', '"/" does not lead to the search');
  await page.keyboard.type(words);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}
await page.goto(base);
await search(number);
expect(await rows() >= 2, 'the reports about a person are not found by the number');
await look('found-number');
await search(`${family} ${given}`.toLowerCase());
expect(await rows() >= 2, 'the reports about a person are not found by the name');
await look('found-name');
await search('Ingen Heter Dette');
expect(/passer med det du skrev/.test(await text()), 'it is not said that nothing was found');
await look('found-nothing');
await search('…');
await look('search-not-understood');

// The whole way by keyboard: to the first report of the list, and its likes.
await page.goto(`${base}/?tab=unassigned`);
let at = '';
for (let tabs = 0; tabs < 80 && !at.startsWith('row'); tabs += 1) {
  await page.keyboard.press('Tab');
  at = await page.evaluate(() => (document.activeElement.closest('tbody') ? 'row' : document.activeElement.tagName));
}
expect(at === 'row', 'no row is reached by Tab');
await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
expect(new URL(page.url()).pathname.startsWith('/items/'), 'Enter on a row does not lead to the report');
await look('report-with-earlier');

// Without a script everything but the news is there.
const plain = await (await browser.createBrowserContext()).newPage();
await plain.setJavaScriptEnabled(false);
await plain.setCookie(...(await page.cookies()));
await plain.goto(`${base}/?tab=unit&kind=BEHOV`);
expect((await plain.$$('.chip')).length === 2, 'without a script there are no chips');
await Promise.all([plain.waitForNavigation(), plain.click('.list-title a')]);
expect(plain.url().includes('kind=BEHOV'), 'without a script the list cannot be fetched again');

await browser.close();
for (const it of problems) console.log(`✗ ${it}`);
console.log(`${steps} looks and expectations, ${problems.size} failed`);
process.exitCode = problems.size === 0 ? 0 : 1;
