// A passkey in real Chromium, with a virtual authenticator: add one, sign out, sign in with it, and not once it is removed.
//
//   node passkey.mjs LINK          LINK: a one-time link that `meldeport demo` or `meldeport user add` prints

import puppeteer from 'puppeteer-core';

const [link] = process.argv.slice(2);
const base = new URL(link).origin;
const problems = [];
let steps = 0;
function expect(holds, what) {
  steps += 1;
  if (!holds) problems.push(what);
}

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  headless: true,
  acceptInsecureCerts: true,
  args: ['--no-sandbox', '--ignore-certificate-errors'],
});
const page = await browser.newPage();
await page.setExtraHTTPHeaders({ 'accept-language': 'nb-NO,nb' });
page.on('pageerror', (error) => problems.push(`script: ${error.message}`));
const cdp = await page.createCDPSession();
await cdp.send('WebAuthn.enable');
await cdp.send('WebAuthn.addVirtualAuthenticator', {
  options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
});
const press = (selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);
const text = () => page.evaluate(() => document.body.innerText);

await page.goto(link);
for (const field of await page.$$('input[type=password]')) await field.type('fjorten grønne elger');
await press('main form:not([data-passkey]) button');
expect(new URL(page.url()).pathname === '/', `the first link leads in, not to ${page.url()}`);

await page.goto(`${base}/account`);
await page.type('#passkey-name', 'Prøvenøkkel');
await press('form[data-passkey=create] button');
expect((await text()).includes('Prøvenøkkel'), 'the passkey is not on the page after it was added');

await press('form[action="/sign-out"] button');
expect(new URL(page.url()).pathname === '/sign-in', 'signing out leads to the sign-in page');
await press('form[data-passkey=get] button');
expect(new URL(page.url()).pathname === '/', `a passkey signs in; it led to ${page.url()}`);

await page.goto(`${base}/account`);
await press('form[action$="/remove"] button');
expect(!(await text()).includes('Prøvenøkkel'), 'the passkey is still there after it was removed');
await press('form[action="/sign-out"] button');
await press('form[data-passkey=get] button');
expect(page.url().includes('refused=provider'), `a removed passkey lets nobody in; it led to ${page.url()}`);

await browser.close();
for (const it of problems) console.log(`✗ ${it}`);
console.log(`${steps} steps, ${problems.length} failed`);
process.exitCode = problems.length === 0 ? 0 : 1;
