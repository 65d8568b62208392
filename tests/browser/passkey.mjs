// A passkey in real Chromium, with a virtual authenticator: add one, sign out, sign in with it, and not once it is removed.
//
//   node passkey.mjs LINK OUT          LINK: a one-time link that `meldeport demo` or `meldeport user add` prints

import { Walk, password } from './chromium.mjs';

const [link, out] = process.argv.slice(2);
const base = new URL(link).origin;
const walk = await Walk.begin('passkey', base, out);
const page = await walk.person();
const press = (selector) => walk.press(page, selector);
const expect = (holds, what) => walk.expect(holds, what);
const text = () => walk.text(page);
const cdp = await page.createCDPSession();
await cdp.send('WebAuthn.enable');
await cdp.send('WebAuthn.addVirtualAuthenticator', {
  options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
});

await walk.signIn(page, link);

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


// Another, to look at the page that has one.
await page.goto(`${base}/sign-in`);
await page.type('#login', 'kari');
await page.type('#password', password);
await press('main form:not([data-passkey]) button[type=submit]');
await page.goto(`${base}/account`);
await page.type('#passkey-name', 'Prøvenøkkel to');
await press('form[data-passkey=create] button');
await walk.look(page, 'account-passkey');
await walk.end();
