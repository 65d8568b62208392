// The states that are easily forgotten, in real Chromium against a demo that is running: empty lists, wrong forms, expired
// sessions, what is not there, the statements, one's sessions. In each: three widths and both themes, 200 % and 400 % zoom, text
// twice as large, reduced motion and forced colours; no finding by axe (WCAG 2.2 AA), no sideways scroll, something in focus by
// Tab. Screenshots are left in OUT for a person to look at.
//
//   node states.mjs LINK OUT          LINK: a one-time link that `meldeport user link` or the demo prints

import fs from 'node:fs';
import path from 'node:path';
import puppeteer from 'puppeteer-core';

const [link, out] = process.argv.slice(2);
const base = new URL(link).origin;
const here = path.dirname(new URL(import.meta.url).pathname);
const axe = fs.readFileSync(path.join(here, 'node_modules/axe-core/axe.min.js'), 'utf8');
const password = 'fjorten grønne elger';
const problems = new Set();
let steps = 0;

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  headless: true,
  acceptInsecureCerts: true,
  args: ['--no-sandbox', '--force-color-profile=srgb'],
});

async function open(context = browser) {
  const page = await context.newPage();
  await page.setBypassCSP(true); // Only for axe: the pages themselves run under their own policy in the router's tests.
  await page.setExtraHTTPHeaders({ 'accept-language': 'nb-NO,nb' });
  page.on('console', (said) => { if (said.type() === 'error' && !/status of [45]\d\d/.test(said.text())) problems.add(`console: ${said.text()} at ${page.url()}`); });
  page.on('pageerror', (error) => problems.add(`script: ${error.message}`));
  page.on('request', (asked) => { if (!asked.url().startsWith(base) && !asked.url().startsWith('data:')) problems.add(`asks elsewhere: ${asked.url()}`); });
  return page;
}

// Zooming to 200 % on a screen of 1280 × 1024 leaves 640 × 512 of the page's own pixels, and 400 % leaves 320 × 256.
const views = [
  { name: 'light-320', width: 320, height: 800, features: { 'prefers-color-scheme': 'light' } },
  { name: 'light-800', width: 800, height: 900, features: { 'prefers-color-scheme': 'light' } },
  { name: 'light-1400', width: 1400, height: 900, features: { 'prefers-color-scheme': 'light' } },
  { name: 'dark-320', width: 320, height: 800, features: { 'prefers-color-scheme': 'dark' } },
  { name: 'dark-800', width: 800, height: 900, features: { 'prefers-color-scheme': 'dark' } },
  { name: 'dark-1400', width: 1400, height: 900, features: { 'prefers-color-scheme': 'dark' } },
  { name: 'zoom-200', width: 640, height: 512, scale: 2, features: { 'prefers-reduced-motion': 'reduce' } },
  { name: 'zoom-400', width: 320, height: 256, scale: 4, features: { 'prefers-reduced-motion': 'reduce' } },
  { name: 'text-200', width: 1280, height: 1024, text: '200%', features: {} },
  { name: 'forced-colours', width: 1280, height: 1024, features: { 'forced-colors': 'active', 'prefers-color-scheme': 'dark' } },
];

async function look(page, name) {
  const session = await page.createCDPSession();
  for (const view of views) {
    steps += 1;
    const features = Object.entries(view.features).map(([name, value]) => ({ name, value }));
    await session.send('Emulation.setEmulatedMedia', { features });
    await page.setViewport({ width: view.width, height: view.height, deviceScaleFactor: view.scale ?? 1 });
    await page.evaluate((size) => { document.documentElement.style.fontSize = size ?? ''; }, view.text);
    await page.screenshot({ path: path.join(out, `${name}-${view.name}.png`), fullPage: true });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) problems.add(`${name}, ${view.name}: ${over} px too wide`);
    const found = await page.evaluate(async (source) => {
      if (!window.axe) (0, eval)(source);
      return window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    }, axe);
    for (const it of found.violations) problems.add(`${name}, ${view.name}: ${it.id} at ${it.nodes[0].target}`);
  }
  await page.evaluate(() => { document.documentElement.style.fontSize = ''; document.body.tabIndex = -1; document.body.focus(); });
  await page.keyboard.press('Tab');
  const seen = await page.evaluate(() => {
    const it = document.activeElement;
    return it !== document.body && getComputedStyle(it).outlineStyle !== 'none';
  });
  if (!seen) problems.add(`${name}: Tab leads to nothing that shows its focus`);
  await session.detach();
}

async function submit(page, selector) {
  await Promise.all([page.waitForNavigation(), page.click(selector)]);
}

function expect(holds, what) {
  steps += 1;
  if (!holds) problems.add(what);
}

// Without signing in.
const stranger = await open(await browser.createBrowserContext());
await stranger.goto(`${base}/sign-in`);
await stranger.type('#login', 'kari');
await stranger.type('#password', 'noe som ikke stemmer');
await submit(stranger, 'main form:not([data-passkey]) button');
expect(await stranger.$('[role=alert]'), 'a wrong password is not told');
await look(stranger, 'sign-in-wrong');
await stranger.goto(`${base}/sign-in?ended=1&next=/items/1`);
await look(stranger, 'session-expired');
await stranger.goto(`${base}/sign-in?out=1`);
await look(stranger, 'signed-out');
for (const language of ['nb', 'nn', 'en']) {
  await stranger.goto(`${base}/tilgjengelighet?lang=${language}`);
  await look(stranger, `accessibility-${language}`);
  await stranger.goto(`${base}/personvern?lang=${language}`);
  await look(stranger, `privacy-${language}`);
}
await stranger.goto(`${base}/nothing-here`);
await look(stranger, 'not-found-stranger');
await stranger.goto(`${base}/first/${'A'.repeat(43)}`);
for (const field of await stranger.$$('input[type=password]')) await field.type('elleve lunne rever');
await submit(stranger, 'main form:not([data-passkey]) button');
await look(stranger, 'link-used');
await stranger.goto(`${base}/sjekk`);
await stranger.type('#message', 'dette er ingen melding');
await submit(stranger, 'main form:not([data-passkey]) button');
await look(stranger, 'check-not-a-message');

// Signed in.
const page = await open();
await page.goto(link);
for (const field of await page.$$('input[type=password]')) await field.type('Sommer-2026!!!');
await submit(page, 'main form:not([data-passkey]) button');
expect(await page.$('[role=alert]'), 'a password that is easy to guess is taken');
await look(page, 'first-refused');
for (const field of await page.$$('input[type=password]')) await field.type(password);
await submit(page, 'main form:not([data-passkey]) button');
if (page.url().includes('/first/')) problems.add('a one-time link could not be used');
for (const tab of ['mine', 'done', 'unit']) {
  await page.goto(`${base}/?tab=${tab}`);
  await look(page, `list-${tab}`);
}
await page.goto(base);
await page.type('#search', 'AAAA-AAAA-AAAA');
await submit(page, '.search button');
await look(page, 'search-nothing');
await page.goto(`${base}/sessions`);
await look(page, 'sessions');
await page.type('#own-password', 'noe annet enn mitt');
for (const id of ['#password', '#repeat']) await page.type(id, 'elleve lunne rever');
await submit(page, 'form[action="/sessions/password"] button');
await look(page, 'sessions-wrong');

// A page left open until the session is gone: what is sent then is not done, and says so.
const form = await page.$('form[action="/sessions/password"]');
expect(form, 'there is no form to change the password');
await page.deleteCookie(...(await page.cookies()).filter((it) => it.name === '__Host-meldeport'));
await page.type('#own-password', password);
for (const id of ['#password', '#repeat']) await page.type(id, 'elleve lunne rever');
await submit(page, 'form[action="/sessions/password"] button');
expect(/logget ut/i.test(await page.evaluate(() => document.body.innerText)), 'a form after the session ended does not say so');
await look(page, 'form-after-session');

await browser.close();
for (const it of problems) console.log(`✗ ${it}`);
console.log(`${steps} looked at, ${problems.size} problems`);
process.exitCode = problems.size === 0 ? 0 : 1;
