// The public directory and the form in real Chromium, against a demo that is running: a stranger finds who receives, a teacher
// reports by a link, with the keyboard alone and without a script, and sees what has become of it. On every page and state: no finding
// by axe (WCAG 2.2 AA), no sideways scroll, nothing personal in address or title. Screenshots in three widths are left in OUT.
//
//   node form.mjs LINK OUT          LINK: the one-time link to the form that `meldeport demo` prints

import fs from 'node:fs';
import path from 'node:path';
import { open } from './chromium.mjs';

const [link, out] = process.argv.slice(2);
const base = new URL(link).origin;
const here = path.dirname(new URL(import.meta.url).pathname);
const axe = fs.readFileSync(path.join(here, 'node_modules/axe-core/axe.min.js'), 'utf8');
const personal = ['Testdal', 'Prøvelærer', '04861751843'];
const problems = new Set();
let steps = 0;

const { browser, page } = await open(base, problems, { bypassCSP: true });

async function look(name) {
  steps += 1;
  for (const value of personal) {
    if (decodeURIComponent(page.url()).includes(value) || (await page.title()).includes(value)) problems.add(`${name}: ${value} in address or title`);
  }
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

const text = () => page.evaluate(() => document.body.innerText);

/// Walks with the Tab key until the element that fits has the focus. Tab comes to one choice of a group; the arrows to the others.
async function tabTo(selector) {
  const group = await page.$eval(selector, (it) => (it.type === 'radio' ? it.name : null)).catch(() => null);
  const stop = group === null ? selector : `input[type="radio"][name="${group}"]`;
  const isAt = (wanted) => page.evaluate((it) => document.activeElement?.matches(it), wanted);
  for (let i = 0; i < 250; i += 1) {
    await page.keyboard.press('Tab');
    if (!(await isAt(stop))) continue;
    for (let choice = 0; choice < 20; choice += 1) {
      if (await isAt(selector)) return;
      await page.keyboard.press('ArrowDown');
    }
  }
  problems.add(`the keyboard does not reach ${selector} at ${page.url()}`);
}

async function enter() {
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

/// Fills in with the keyboard: text is typed, `true` is the space bar.
async function fill(answers) {
  for (const [selector, value] of answers) {
    await tabTo(selector);
    if (value === true) await page.keyboard.press('Space');
    else await page.keyboard.type(value);
  }
  await tabTo('.form-fields .button.primary');
  await enter();
}

await page.goto(`${base}/kontakt`);
await look('contacts');
await page.goto(`${base}/kontakt?q=oslo`);
await look('contacts-none');
await page.goto(`${base}/kontakt/4201`);
await look('contact');
expect((await text()).includes('Systemkoordinator i Risør'), 'the directory does not answer for Risør');
await page.goto(`${base}/kontakt/0301`);
await look('contact-nobody');
await page.goto(`${base}/kontakt/historikk`);
await look('history');
await page.goto(`${base}/meld?kommune=5614`);
await look('form-start');
await page.goto(`${base}/meld/status`);
await look('status-ask');

await page.goto(link);
await look('form-invited');
await page.setJavaScriptEnabled(false);
await page.reload();
await page.select('#kommune', '4201');
await Promise.all([page.waitForNavigation(), page.click('main form button')]);
expect(page.url().endsWith('/meld/melder'), `the link leads to ${page.url()}`);
await page.setJavaScriptEnabled(true);
await page.reload();
await look('form-reporter');
await tabTo('.form-fields .button.primary');
await enter();
await look('form-reporter-errors');
expect(await page.evaluate(() => document.activeElement?.getAttribute('role') === 'alert'), 'the focus is not on the error summary');
await fill([['#reporter_name', 'Hilde Prøvelærer'], ['#reporter_phone', '99000113']]);
await look('form-person');
await fill([['#id_kind', 'Fødselsnummer'], ['#id_number', '04861751843'], ['#given_name', 'Åse'], ['#family_name', 'Testdal']]);
await look('form-consent');
await fill([['#consent-3', true]]);
await look('form-consent-errors');
// The radio keeps its choice; the day is typed as the browser's own field takes it.
await tabTo('#consent_read-1');
await page.keyboard.press('Space');
await page.$eval('#consent_day', (it) => { it.value = '2026-11-18'; });
await fill([['#given_by_role', 'Foresatt'], ['#given_by', 'Ingunn Testdal'], ['#scopes-1', true], ['#scopes-4', true], ['#g1_relation', 'Mor'], ['#g1_name', 'Ingunn Testdal']]);
await look('form-need');
await fill([['#needs-4', true], ['#description', 'Trenger én som holder i trådene mellom seks tjenester.'], ['#urgency-1', true]]);
await look('form-services');
await fill([['#services_now-4', true], ['#services_now-17', true]]);
await look('form-review');
expect((await text()).includes('Oppvekst i Risør'), 'the review does not tell where the report goes');
await page.click('main form[action="/meld/se-over"] button').catch(() => problems.add('the report cannot be sent'));
await page.waitForNavigation().catch(() => {});
await look('form-receipt');
const code = await page.$eval('.receipt-code', (it) => it.innerText).catch(() => '');
await page.goto(`${base}/meld/status`);
await page.type('#code', code.toLowerCase());
await Promise.all([page.waitForNavigation(), page.click('main form button')]);
await look('status');
expect((await text()).includes('Mottatt, ikke lest ennå'), 'the sender does not see what has become of the report');

await browser.close();
for (const it of problems) console.log(`✗ ${it}`);
console.log(`${steps} looked at, ${problems.size} failed`);
process.exitCode = problems.size === 0 ? 0 : 1;
