// Roles and a second factor in real Chromium, against a demo that is running: a leader looks at the people of the unit, gives a
// colleague a role, adds an authenticator app, and signs in with its code. On every page: no finding by axe (WCAG 2.2 AA), no
// sideways scroll, no secret in address or title. Screenshots in three widths are left in OUT.
//
//   node people.mjs LINK OUT          LINK: the one-time link that `meldeport user add liv … --role leader` prints

import crypto from 'node:crypto';
import { Walk, password } from './chromium.mjs';

const [link, out] = process.argv.slice(2);
const base = new URL(link).origin;
const walk = await Walk.begin('people', base, out);
const page = await walk.person();
const look = (name) => walk.look(page, name);
const press = (selector) => walk.press(page, selector);
const expect = (holds, what) => walk.expect(holds, what);
const text = () => walk.text(page);

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

await walk.signIn(page, link);
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
  walk.problems.add('after a wrong code there is no field for the right one');
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
// A leader begins with the unit's numbers.
expect(new URL(page.url()).pathname === '/oversikt', `the code leads to ${page.url()}`);

await walk.end();
