// Two factors for everybody (`second_factor = "required"`, the default in production): one begins by the one-time link with a passkey on
// the first page, another with an app; both come back with it, prove who they are before a report is opened, and sign out. Nobody comes
// anywhere before that.

import crypto from 'node:crypto';
import { password } from './chromium.mjs';

export const name = 'factor';

/** Content is opened by those who have shown two factors, no longer ago than this. */
const proofSeconds = 20;

export const settings = {
  MELDEPORT__INBOX__SECOND_FACTOR: 'required',
  MELDEPORT__INBOX__CONTENT_FACTORS_MIN: '2',
  MELDEPORT__INBOX__CONTENT_PROOF_SECONDS_MAX: String(proofSeconds),
};

/** What an app shows (RFC 6238) `later` half minutes from now. */
function code(secret, later = 0) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replace(/\s/g, '')].map((it) => alphabet.indexOf(it).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((it) => parseInt(it, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + later));
  const mac = crypto.createHmac('sha1', key).update(step).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0');
}

export default async function factor(world, walk) {
  const unit = 'gjerstad-tjenestekontor';
  const reference = await world.send('valid/gjerstad-coordinator-only.xml');
  const where = (page) => new URL(page.url()).pathname;
  const is = (page, place, what) => walk.expect(where(page) === place, `${what}; it led to ${page.url()}`);
  const begin = async (login, display) => {
    const page = await walk.person();
    await page.goto(await world.person(login, display, unit, 'case_worker'));
    for (const field of await page.$$('input[type=password]')) await field.type(password);
    await walk.press(page, 'main form:not([data-passkey]) button[type=submit]');
    is(page, '/account', 'one who has no second factor is led to the page where it is chosen');
    for (const place of ['/', '/people', '/search']) {
      await walk.visit(page, place);
      walk.expect(where(page) !== place, `one without a second factor comes to ${place}`);
    }
    await walk.visit(page, '/account');
    return page;
  };
  const signOut = async (page) => {
    await walk.visit(page, '/account');
    await walk.press(page, 'form[action="/sign-out"] button');
    is(page, '/sign-in', 'signing out leads to the sign-in page');
    await walk.visit(page, '/');
    is(page, '/sign-in', 'one who has signed out is out');
  };
  const byPassword = async (page, login) => {
    await walk.visit(page, '/sign-in');
    await walk.fill(page, { login, password });
    await walk.press(page, 'main form:not([data-passkey]) button[type=submit]');
    is(page, '/sign-in/second', 'the password alone is not enough');
  };
  // Opens the case: proves anew first, since the sign-in is too long ago by then.
  const opens = async (page, name, look = (it, what) => walk.look(it, what)) => {
    await walk.visit(page, '/');
    const row = await page.evaluateHandle((it) => [...document.querySelectorAll('tbody .reference')].find((one) => one.textContent.includes(it)), reference);
    await walk.press(page, row.asElement());
    const item = where(page);
    await new Promise((later) => setTimeout(later, (proofSeconds + 1) * 1000));
    await walk.visit(page, item);
    const open = 'form[action$="/open"] button';
    if (where(page) !== '/prove') await walk.press(page, open);
    is(page, '/prove', 'a sign-in that is too old is proved again before content');
    await look(page, `${name}-prove`);
    await page.type('#password', 'feil passord');
    await walk.press(page, 'main form button[type=submit]');
    await look(page, `${name}-prove-wrong`);
    await page.type('#password', password);
    await walk.press(page, 'main form button[type=submit]');
    is(page, item, 'one who has proved it comes back to the case');
    if (await page.$(open)) await walk.press(page, open);
    walk.expect((await walk.text(page)).includes('Fiktiv'), 'one who has proved it does not read the case');
  };

  await walk.part('by a passkey', async () => {
    const page = await begin('pia', 'Pia Passnøkkel');
    await walk.look(page, 'factor-first-page');
    const cdp = await page.createCDPSession();
    const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
    let stick;
    const plugIn = async () => {
      await cdp.send('WebAuthn.enable');
      stick = await cdp.send('WebAuthn.addVirtualAuthenticator', { options });
    };
    await plugIn();
    // To look at a page takes the authenticator out; it is put back in with what is on it.
    const look = async (there, what) => {
      const { credentials } = await cdp.send('WebAuthn.getCredentials', stick);
      await walk.look(there, what);
      await cdp.send('WebAuthn.disable');
      await plugIn();
      for (const credential of credentials) await cdp.send('WebAuthn.addCredential', { ...stick, credential });
    };
    await walk.visit(page, '/account');
    await page.type('#passkey-name', 'Prøvenøkkel');
    await walk.press(page, 'form[data-passkey=create] button');
    await walk.visit(page, '/');
    is(page, '/', 'one who has a passkey is in');
    await signOut(page);
    await byPassword(page, 'pia');
    await look(page, 'factor-second-passkey');
    await walk.press(page, 'form[data-passkey=get] button');
    is(page, '/', 'the passkey is the second factor');
    await opens(page, 'factor-passkey', look);
    await signOut(page);
    await walk.press(page, 'form[data-passkey=get] button');
    is(page, '/', 'the passkey alone is two factors');
    await signOut(page);
  });

  await walk.part('by an app', async () => {
    const page = await begin('tom', 'Tom Totp');
    await walk.press(page, 'form[action="/account/app"] button');
    await walk.look(page, 'factor-app');
    const secret = await page.$eval('.reference.one-time-link', (it) => it.textContent);
    await page.type('#code', '000000');
    await walk.press(page, 'form[action="/account/app/confirm"] button');
    await walk.look(page, 'factor-app-wrong');
    await page.type('#code', code(secret));
    await walk.press(page, 'form[action="/account/app/confirm"] button');
    await walk.look(page, 'factor-codes');
    const recovery = await page.$eval('.recovery-codes .reference', (it) => it.textContent.trim()).catch(() => '');
    walk.expect(recovery !== '', 'no recovery codes are shown');
    await walk.visit(page, '/');
    is(page, '/', 'one who has an app is in');
    await signOut(page);
    await byPassword(page, 'tom');
    await walk.look(page, 'factor-second-app');
    await page.type('#code', '000000');
    await walk.press(page, 'form[action="/sign-in/second"] button');
    await walk.look(page, 'factor-second-wrong');
    await page.type('#code', code(secret, 1));
    await walk.press(page, 'form[action="/sign-in/second"] button');
    is(page, '/', 'the code is the second factor');
    await opens(page, 'factor-app');
    await signOut(page);
    await byPassword(page, 'tom');
    await page.type('#code', recovery);
    await walk.press(page, 'form[action="/sign-in/second"] button');
    is(page, '/', 'a recovery code stands in for a lost telephone');
    await signOut(page);
  });
}
