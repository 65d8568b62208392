// The states that are easily forgotten, in real Chromium against a demo that is running: empty lists, wrong forms, expired
// sessions, what is not there, the statements, one's sessions. In each: three widths and both themes, 200 % and 400 % zoom, text
// twice as large, reduced motion and forced colours; no finding by axe (WCAG 2.2 AA), no sideways scroll, something in focus by
// Tab. Screenshots are left in OUT for a person to look at.
//
//   node states.mjs LINK OUT          LINK: a one-time link that `meldeport user link` or the demo prints

import { Walk, password } from './chromium.mjs';

const [link, out] = process.argv.slice(2);
const base = new URL(link).origin;
const walk = await Walk.begin('states', base, out);
const look = (page, name) => walk.look(page, name);
const submit = (page, selector) => walk.press(page, selector);
const expect = (holds, what) => walk.expect(holds, what);

// Without signing in.
const stranger = await walk.person();
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
expect(!(await stranger.$('input[type=password]')), 'a link that there is not asks for a password');
await look(stranger, 'link-used');
await stranger.goto(`${base}/sjekk`);
await stranger.type('#message', 'dette er ingen melding');
await submit(stranger, 'main form:not([data-passkey]) button');
await look(stranger, 'check-not-a-message');

// Signed in.
const page = await walk.person();
await page.goto(link);
await look(page, 'first-page');
for (const field of await page.$$('input[type=password]')) await field.type('Sommer-2026!!!');
await submit(page, 'main form:not([data-passkey]) button');
expect(await page.$('[role=alert]'), 'a password that is easy to guess is taken');
await look(page, 'first-refused');
for (const field of await page.$$('input[type=password]')) await field.type(password);
await submit(page, 'main form:not([data-passkey]) button');
if (page.url().includes('/first/')) walk.problems.add('a one-time link could not be used');
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

await walk.end();
