// A case worker's day in real Chromium, against a demo that is running: first link, password, list, open, take, close.
// On every page: no finding by axe (WCAG 2.2 AA), no sideways scroll, no error in the console, nothing personal in address
// or title. Screenshots in three widths and both themes are left in OUT for a person to look at.
//
//   node day.mjs LINK OUT          LINK: the one-time link that `meldeport demo` prints

import fs from 'node:fs';
import path from 'node:path';
import { open } from './chromium.mjs';

const [link, out] = process.argv.slice(2);
const base = new URL(link).origin;
const here = path.dirname(new URL(import.meta.url).pathname);
const axe = fs.readFileSync(path.join(here, 'node_modules/axe-core/axe.min.js'), 'utf8');
const personal = ['Prøvesen', 'Testdal', 'Øvelsesen', 'Oppdiktet', 'Skisse', 'Fantasi', '12835401802', '58850321874'];
const problems = new Set();
let steps = 0;

const { browser, page } = await open(base, problems, { bypassCSP: false });

async function look(name) {
  steps += 1;
  for (const value of personal) {
    if (decodeURIComponent(page.url()).includes(value) || (await page.title()).includes(value)) problems.add(`${name}: ${value} in address or title`);
  }
  for (const theme of ['light', 'dark']) {
    for (const width of [320, 800, 1400]) {
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
}

async function press(selector) {
  await Promise.all([page.waitForNavigation(), page.click(selector)]);
}

function expect(holds, what) {
  steps += 1;
  if (!holds) problems.add(what);
}

const text = () => page.evaluate(() => document.body.innerText);
await page.setBypassCSP(true); // Only for axe: the pages themselves run under their own policy in the router's tests.
const password = 'fjorten grønne elger';

await page.goto(link);
await look('first-link');
for (const field of await page.$$('input[type=password]')) await field.type(password);
await press('main form button');
if (!page.url().endsWith('/')) {
  await page.goto(`${base}/sign-in`);
  await look('sign-in');
  await page.type('#login', 'kari');
  await page.type('#password', password);
  await press('main form button');
}
expect(new URL(page.url()).pathname === '/', `signing in leads to the list, not to ${page.url()}`);
await look('list');
expect(!(await text()).includes('Fantasi'), 'the list shows the name of a person whose address is protected');

await page.goto(`${base}/?tab=unit`);
await look('list-unit');
await page.goto(base);
await press('tbody tr form button, tbody tr a');
if (await page.$('.cover button')) {
  await look('cover');
  await press('.cover button');
}
await look('report');
expect(/Samtykke/i.test(await text()), 'the report does not show consent');
await press('.actions form button');
await look('taken');
const close = await page.evaluateHandle(() => [...document.querySelectorAll('.actions form button')].find((it) => /Ferdig/.test(it.innerText)));
if (close.asElement()) {
  await Promise.all([page.waitForNavigation(), close.asElement().click()]);
  await look('closed');
} else {
  problems.add('there is no button «Ferdig» on a report that has been taken');
}
await page.goto(`${base}/items/00000000-0000-0000-0000-000000000000`);
await look('not-found');

// Somebody who finds the link later gets nowhere with it.
const stranger = await (await browser.createBrowserContext()).newPage();
await stranger.goto(link);
for (const field of await stranger.$$('input[type=password]')) await field.type('noe helt annet enn før');
await Promise.all([stranger.waitForNavigation(), stranger.click('main form button')]);
expect(!(await stranger.evaluate(() => document.body.innerText)).includes('Ufordelt'), 'a one-time link can be used twice');

await browser.close();
for (const it of problems) console.log(`✗ ${it}`);
console.log(`${steps - problems.size < 0 ? 0 : steps} passed, ${problems.size} failed`);
process.exitCode = problems.size === 0 ? 0 : 1;
