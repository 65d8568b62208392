// A case worker's day in real Chromium, against a demo that is running: first link, password, list, open, take, close.
// On every page: no finding by axe (WCAG 2.2 AA), no sideways scroll, no error in the console, nothing personal in address
// or title. Screenshots in three widths and both themes are left in OUT for a person to look at.
//
//   node day.mjs LINK OUT          LINK: the one-time link that `meldeport demo` prints

import { Walk, password } from './chromium.mjs';

const [link, out] = process.argv.slice(2);
const base = new URL(link).origin;
const walk = await Walk.begin('day', base, out);
const page = await walk.person();
const look = (name) => walk.look(page, name);
const press = (selector) => walk.press(page, selector);
const expect = (holds, what) => walk.expect(holds, what);
const text = () => walk.text(page);

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
  walk.problems.add('there is no button «Ferdig» on a report that has been taken');
}
await page.goto(`${base}/items/00000000-0000-0000-0000-000000000000`);
await look('not-found');

// Somebody who finds the link later gets nowhere with it.
const stranger = await walk.person();
await stranger.goto(link);
expect(!(await stranger.$('input[type=password]')), 'a used link asks for a password');
expect(!(await walk.text(stranger)).includes('Ufordelt'), 'a one-time link can be used twice');

await walk.end();
