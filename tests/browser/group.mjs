// A group that meets, in real Chromium, against a demo that is running: the secretary's day (add a meeting, see the warning, put
// cases on the agenda, order it, fetch the calendar file, write minutes, give a task), and a member's, who sees what is lifted and
// nothing else. On every page: no finding by axe (WCAG 2.2 AA), no sideways scroll, everything within reach of the keyboard.
// Screenshots in three widths and both themes are left in OUT.
//
//   node group.mjs SECRETARY MEMBER OUT      the one-time links that `meldeport user add … --unit loppa-koordinerende-enhet` prints

import { dayInNorway } from './world.mjs';
import fs from 'node:fs';
import path from 'node:path';
import { open } from './chromium.mjs';

const [secretaryLink, memberLink, out] = process.argv.slice(2);
const base = new URL(secretaryLink).origin;
const here = path.dirname(new URL(import.meta.url).pathname);
const axe = fs.readFileSync(path.join(here, 'node_modules/axe-core/axe.min.js'), 'utf8');
const password = 'fjorten grønne elger';
const group = `${base}/groups/loppa-koordinerende-enhet`;
const problems = new Set();
let steps = 0;

const { browser, page } = await open(base, problems, { bypassCSP: true });

async function look(page, name) {
  steps += 1;
  for (const [theme, width] of [['light', 320], ['light', 800], ['light', 1400], ['dark', 320], ['dark', 800], ['dark', 1400]]) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
    await page.setViewport({ width, height: 900 });
    await page.screenshot({ path: path.join(out, `${name}-${theme}-${width}.png`), fullPage: true });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) problems.add(`${name}, ${width} px: ${over} px too wide`);
    if (theme === 'dark' && width !== 800) continue;
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

const text = (page) => page.evaluate(() => document.body.innerText);
const leave = (page, doing) => Promise.all([page.waitForNavigation(), doing()]);
const press = (page, selector) => leave(page, () => page.click(selector));

/// Goes forward with Tab until something fits, as one without a mouse does, and presses Enter there.
async function byKeyboard(page, wanted) {
  await page.focus('a.skip');
  for (let tabs = 0; tabs < 200; tabs += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => `${document.activeElement.tagName} ${document.activeElement.innerText ?? ''}`);
    if (wanted.test(here)) return leave(page, () => page.keyboard.press('Enter'));
  }
  throw new Error(`Tab never comes to ${wanted} on ${page.url()}`);
}

async function begin(page, link) {
  await page.goto(link);
  for (const field of await page.$$('input[type=password]')) await field.type(password);
  await press(page, 'main form:not([data-passkey]) button');
  // A secretary begins with the unit's numbers, a member in the list.
  expect(['/', '/oversikt'].includes(new URL(page.url()).pathname), `the first link leads in, not to ${page.url()}`);
}

/// Noon so many days from now, by the day that it is in Norway.
function atNoon(days) {
  return new Date(`${dayInNorway(new Date(Date.now() + days * 86400000))}T12:00:00Z`);
}

/// A working day about so many days from now: no Saturday or Sunday. A holiday is asked about, and is meant (see `call`).
function workday(days) {
  const day = atNoon(days);
  while (days > 0 && [0, 6].includes(day.getUTCDay())) day.setUTCDate(day.getUTCDate() + 1);
  return dayInNorway(day);
}

/// Fills in the form with this prefix; a date and a time are typed as a script must.
async function plan(page, id, days, time, place) {
  const day = typeof days === 'string' ? days : workday(days);
  await page.$eval(`#${id}-day`, (it, day) => { it.value = day; }, day);
  await page.$eval(`#${id}-time`, (it, time) => { it.value = time; }, time);
  await page.$eval(`#${id}-place`, (it, place) => { it.value = place; }, place);
}

/// Sends a form that calls a meeting; once more when it is asked about the day.
async function call(page, label) {
  await press(page, `form[aria-label="${label}"] button`);
  if (await page.$('input[name=sure]')) await press(page, `form[aria-label="${label}"] button`);
}

// The secretary's day.
await begin(page, secretaryLink);
await byKeyboard(page, /^A Grupper$/);
expect(page.url() === group, `«Grupper» leads to ${page.url()}`);
expect((await text(page)).includes('Ingen møter er planlagt'), 'a group without meetings does not say so');
await look(page, 'group-empty');

await plan(page, 'call', -3, '12:00', 'Møterom 2');
await press(page, 'form[aria-label="Kall inn til møte"] button');
expect(await page.$('[role=alert]'), 'a meeting in the past is taken');
await look(page, 'group-wrong');
const saturday = atNoon(7);
while (saturday.getUTCDay() !== 6) saturday.setUTCDate(saturday.getUTCDate() + 1);
await plan(page, 'call', dayInNorway(saturday), '12:00', 'Møterom 2');
await press(page, 'form[aria-label="Kall inn til møte"] button');
expect(/lørdag eller søndag/.test(await text(page)), 'a meeting on a Saturday is called without a word');
await look(page, 'group-odd');
await plan(page, 'call', 45, '12:00', 'Kommunehuset, møterom 2');
await call(page, 'Kall inn til møte');
expect((await text(page)).includes('Møtet er satt opp'), 'calling a meeting is not confirmed');
expect(/må vente mer enn en måned/.test(await text(page)), 'a meeting in 45 days gives no warning on the group’s page');
await look(page, 'group-late');
await page.goto(base);
expect(/dager etter mottak/.test(await text(page)), 'a meeting in 45 days gives no warning in the list');
await look(page, 'group-list');

await page.goto(group);
await plan(page, 'call', 12, '13:30', 'Kommunehuset, møterom 2');
await call(page, 'Kall inn til møte');
expect(!/mer enn en måned/.test(await text(page)), 'the warning stays when the group meets within the month');
expect(/haster og kan ikke vente/.test(await text(page)), 'what is urgent is to wait for twelve days');
await look(page, 'group-urgent');
await call(page, 'Kall inn til ekstraordinært møte');
expect(!/haster og kan ikke vente/.test(await text(page)), 'what is urgent still waits');
expect((await page.$$('ol.agenda > li')).length === 1, 'what is urgent is not on the agenda of the extraordinary meeting');
const waiting = 1 + (await page.$$eval('.unnumbered > li', (them) => them.length));
expect(waiting > 2, 'too few cases wait for a meeting');
await byKeyboard(page, /^BUTTON Sett (alle )?på sakslisten/);
expect((await page.$$('ol.agenda > li')).length === waiting, 'the cases that waited are not on the agenda');
await look(page, 'group-agenda');
await press(page, '.card .actions a.button');
await look(page, 'meeting');
{
  const before = await page.$$eval('ol.agenda .reference', (them) => them.map((it) => it.innerText));
  await press(page, 'button[value=later]');
  const after = await page.$$eval('ol.agenda .reference', (them) => them.map((it) => it.innerText));
  expect(before[0] === after[1] && before[1] === after[0], 'a case is not moved down');
}
{
  // A case is moved to another of the three meetings in one act, and back on this one from where it waits.
  const other = `${group}/meetings/${await page.$eval('.agenda-move option', (it) => it.value)}`;
  const moved = await page.$eval('ol.agenda > li:last-child .reference', (it) => it.innerText);
  const here = page.url().split('?')[0];
  await page.click('ol.agenda > li:last-child .agenda-move summary');
  await look(page, 'meeting-move');
  await press(page, 'ol.agenda > li:last-child .agenda-move button');
  expect((await text(page)).includes('flyttet til det andre møtet'), 'moving a case is not confirmed');
  const rest = await page.$$eval('ol.agenda .reference', (them) => them.map((it) => it.innerText));
  expect(!rest.includes(moved), 'a case that is moved stays on the agenda');
  await page.goto(other);
  expect((await text(page)).includes(moved), 'a case that is moved is not where it was moved to');
  await press(page, 'ol.agenda button[value=off]');
  expect(await page.$('#put'), 'a planned meeting’s page does not offer the cases that wait');
  await look(page, 'meeting-later');
  await page.goto(here);
  await press(page, '.unnumbered button[name=item]');
  expect((await page.$$('ol.agenda > li')).length === waiting, 'a case is not put on from the meeting’s own page');
}
const file = await page.evaluate(async () => {
  const answer = await fetch(document.querySelector('a[href$=".ics"]').href);
  return { type: answer.headers.get('content-type'), text: await answer.text() };
});
expect(file.type.startsWith('text/calendar') && file.text.includes('BEGIN:VEVENT'), 'there is no calendar file');
const references = await page.$$eval('ol.agenda .reference', (them) => them.map((it) => it.innerText));
expect(references.every((it) => !file.text.includes(it)), 'the calendar file names a case');

// Its day has not come, so the link is not there yet; a group that meets before the hour goes by the address.
expect(!(await page.$('a[href*="/items/"][class*=button]')), 'minutes are offered before the day of the meeting');
const meeting = page.url().split('?')[0];
const item = await page.$eval('ol.agenda .reference', (it) => new URL(it.href).pathname.split('/').pop());
await page.goto(`${meeting}/items/${item}`);
await look(page, 'minutes');
await press(page, 'main form button');
expect(await page.$('[role=alert] a[href="#said"]'), 'empty minutes are kept');
await look(page, 'minutes-wrong');
await page.type('#said', 'Gruppen er enig om at det trengs en koordinator før jul.');
await page.select('#decision', 'GRUPPEN_FOLGER_OPP');
await page.type('#task', 'Ta kontakt med skolen om et felles møte');
const member = await page.$eval('#assignee', (it) => [...it.options].find((option) => /Mona/.test(option.innerText)).value);
await page.select('#assignee', member);
await page.$eval('#due', (it) => { it.value = new Date(Date.now() + 20 * 86400000).toISOString().slice(0, 10); });
await press(page, 'main form button');
expect((await text(page)).includes('Referatet er lagret'), 'keeping minutes is not confirmed');
await look(page, 'meeting-minuted');
await press(page, '.card .actions a[href$="/print"]');
expect(/Koordinerende enhet/.test(await page.$eval('h1', (it) => it.innerText)), 'the paper does not name the group');
expect((await text(page)).includes('koordinator før jul'), 'the paper is without the minutes');
await look(page, 'meeting-paper');
{
  const pdf = await page.pdf({ format: 'A4', path: path.join(out, 'meeting.pdf') });
  expect(pdf.length > 5000, 'the meeting cannot be printed');
}
await page.goto(meeting);
const discussed = await page.$eval('ol.agenda li:has(.tag.success) .reference', (it) => it.href);
await page.goto(discussed);
if (await page.$('.cover button')) await press(page, '.cover button');
expect(/koordinator før jul/.test(await text(page)), 'the minutes are not on the case');
await look(page, 'case-minuted');
await page.goto(`${base}/tasks`);
expect(/felles møte/.test(await text(page)), 'the task from the meeting is not in the list of tasks');
await look(page, 'tasks');

// A member's.
const other = await (await browser.createBrowserContext()).newPage();
await other.setExtraHTTPHeaders({ 'accept-language': 'nb-NO,nb' });
await other.setBypassCSP(true);
await begin(other, memberLink);
await other.goto(`${base}/?tab=group`);
expect((await other.$$('tbody tr')).length === waiting, 'a member does not see exactly what is on the agenda');
await look(other, 'member-list');
await other.goto(group);
expect(!(await other.$('form[aria-label="Kall inn til møte"]')), 'a member can call a meeting');
await look(other, 'member-group');
await other.goto(discussed);
expect(/koordinator før jul/.test(await text(other)) && /felles møte/.test(await text(other)), 'a member does not see minutes and their own task');
await other.goto(`${base}/tasks`);
await byKeyboard(other, /^BUTTON Merk som gjort/);
expect(!/felles møte/.test(await text(other)), 'a task that is done is still to be done');
await look(other, 'member-tasks');

await browser.close();
for (const it of problems) console.log(`✗ ${it}`);
console.log(`${steps} looked at, ${problems.size} failed`);
process.exitCode = problems.size === 0 ? 0 : 1;
