// Every page that nobody's day goes through, and every way in which something is not as it should be: refused, gone, too much, too
// fast, broken. In all three languages where they are for everybody.

import { password } from './chromium.mjs';

export const name = 'pages';
/** Content is opened only by one who has said who they are in the last minute. */
export const settings = { MELDEPORT__INBOX__CONTENT_PROOF_SECONDS_MAX: '60' };

export default async function pages(world, walk) {
  const unit = 'loppa-koordinerende-enhet';
  const stranger = await walk.person();

  // Without signing in.
  // seed: H-10
  await walk.part('what everybody may read is there in three languages and passes axe', async () => {
    for (const language of ['nb', 'nn', 'en']) {
      for (const [place, shot] of [['/kontakt', 'contacts'], ['/kontakt/4211', 'contact-gjerstad'], ['/kontakt/5614', 'contact-loppa'], ['/kontakt/historikk', 'history'], ['/drift', 'uptime'], ['/tilgjengelighet', 'accessibility'], ['/personvern', 'privacy'], ['/sjekk', 'check'], ['/sign-in', 'sign-in'], ['/meld', 'form-start'], ['/meld/status', 'status-ask']]) {
        walk.expect((await walk.visit(stranger, `${place}?lang=${language}`)) === 200, `${place} in ${language} is not there`);
        walk.expect((await stranger.$eval('html', (it) => it.lang)) === language, `${place} is not in ${language}`);
        await walk.look(stranger, `${shot}-${language}`);
      }
    }
  });
  for (const place of ['/kontakt.json', '/kontakt/4201.json', '/.well-known/security.txt', '/assets/inbox.css', '/kontakt.json?q=oslo']) {
    await walk.visit(stranger, '/kontakt');
    const answer = await walk.take(stranger, place);
    // Whom to tell of holes is told only when the operator has said it; the stylesheet has its version in its name.
    const mayBeAbsent = place.startsWith('/assets') || place.startsWith('/.well-known');
    walk.expect(answer.status === 200 || (mayBeAbsent && answer.status === 404), `${place} answers ${answer.status}`);
    if (/\.json/.test(place)) walk.expect(JSON.parse(answer.text), `${place} is no JSON`);
  }
  const contact = JSON.parse((await walk.take(stranger, '/kontakt/4201.json')).text);
  walk.expect(JSON.stringify(contact).includes('Systemkoordinator i Risør'), 'the JSON for embedding does not tell who receives');

  // One who is signed in.
  const page = await walk.person();
  await walk.signIn(page, await world.person('anne', 'Anne Saksbehandler', unit, 'case_worker', '--graded'));
  const signedIn = Date.now();
  for (const [place, shot] of [['/', 'pages-list'], ['/?tab=mine', 'pages-empty-mine'], ['/?tab=done', 'pages-empty-done'], ['/?tab=waiting', 'pages-empty-waiting'], ['/search', 'search'], ['/overdue', 'overdue-empty'], ['/sessions', 'sessions-page'], ['/account', 'account-page'], ['/second', 'second-page'], ['/meld', 'form-start-signed-in']]) {
    walk.expect((await walk.visit(page, place)) === 200, `${place} is not there`);
    await walk.look(page, shot);
  }
  // What stands in the configuration, and the questions of coordinators: whoever may see them; others are told that they may not.
  for (const [place, shot] of [['/groups', 'groups-none'], ['/questions', 'questions-none'], ['/lenker', 'links-page'], ['/oppsett', 'set-up']]) {
    const status = await walk.visit(page, place);
    walk.expect(status === 200 || status === 403, `${place} answers ${status}`);
    await walk.look(page, shot);
  }
  for (const file of ['/oppsett.json', '/oppsett.txt']) {
    const { status } = await walk.take(page, file);
    walk.expect(status === 200 || status === 403, `${file} answers ${status}`);
  }
  // Whoever changes the language comes back to where they were, in it.
  for (const language of ['nn', 'en', 'nb']) {
    await walk.visit(page, '/');
    await walk.press(page, `.languages button[value=${language}]`);
    walk.expect((await page.$eval('html', (it) => it.lang)) === language, `the list is not in ${language}`);
    await walk.look(page, `list-${language}`);
    await walk.visit(page, '/sessions');
    await walk.look(page, `sessions-${language}`);
  }

  // Content asks who one is once more, when it is some time since one said it.
  await new Promise((later) => setTimeout(later, Math.max(0, signedIn + 61000 - Date.now())));
  await walk.visit(page, '/prove?next=/search');
  await walk.look(page, 'prove');
  await walk.fill(page, { password: 'noe helt annet' });
  await walk.press(page, 'main form button[type=submit]');
  await walk.look(page, 'prove-wrong');
  await walk.fill(page, { password });
  await walk.press(page, 'main form button[type=submit]');
  walk.expect(new URL(page.url()).pathname === '/search', `proving leads to ${page.url()}`);

  // Refused, not there, not allowed.
  for (const [place, status, shot] of [['/people', 403, 'fault-403'], ['/nothing-here', 404, 'fault-404'], ['/items/00000000-0000-0000-0000-000000000000', 404, 'fault-404-item']]) {
    walk.expect((await walk.visit(page, place)) === status, `${place} does not answer ${status}`);
    await walk.look(page, shot);
  }
  // A form that is older than the session, and one that is far too long.
  const post = async (action, fields, shot, status) => {
    await walk.visit(page, '/search');
    const answer = page.waitForResponse((it) => it.request().method() === 'POST');
    await Promise.all([page.waitForNavigation(), page.evaluate((to, values) => {
      const form = document.createElement('form');
      Object.assign(form, { method: 'post', action: to });
      for (const [name, value] of Object.entries(values)) form.append(Object.assign(document.createElement('textarea'), { name, value }));
      document.body.append(form);
      form.submit();
    }, action, fields)]);
    walk.expect((await answer).status() === status, `${action} answers ${(await answer).status()}, not ${status}`);
    await walk.look(page, shot);
  };
  await post('/search', { key: 'gammel', reference: 'AAA' }, 'fault-form-key', 403);
  await post('/search', { key: 'x', reference: 'A'.repeat(40000) }, 'fault-413', 413);
  await post('/overdue', { key: 'x' }, 'fault-405', 405);

  // Too fast: checking without an end is asked to wait.
  await walk.visit(stranger, '/sjekk?lang=nb');
  for (let i = 0; i < 300; i += 1) {
    const answer = await stranger.evaluate(async () => {
      const form = new FormData();
      form.set('message', 'x');
      return (await fetch('/sjekk', { method: 'POST', body: form })).status;
    });
    if (answer === 429) break;
  }
  await walk.fill(stranger, { message: 'dette er ingen melding' });
  const answer = stranger.waitForResponse((it) => it.request().method() === 'POST');
  await walk.press(stranger, 'main form button[type=submit]');
  walk.expect((await answer).status() === 429, `checking without an end is answered ${(await answer).status()}`);
  await walk.look(stranger, 'fault-429');
  for (let i = 0; i < 8; i += 1) {
    await walk.visit(stranger, '/sign-in?lang=nb');
    await walk.fill(stranger, { login: 'anne', password: 'ikke dette heller' });
    await walk.press(stranger, 'main form:not([data-passkey]) button[type=submit]');
  }
  await walk.look(stranger, 'sign-in-held-back');

  // The house is broken: the content of a report cannot be unsealed, and then the store cannot be written.
  const prove = async () => {
    await walk.visit(page, '/prove?next=/');
    if (!(await page.$('#password'))) return;
    await walk.fill(page, { password });
    await walk.press(page, 'main form button[type=submit]');
  };
  const row = await (async () => {
    await prove();
    await walk.visit(page, '/');
    return (await page.$('tbody form button, tbody a.reference'));
  })();
  if (row) {
    await walk.press(page, row);
    const item = new URL(page.url()).pathname;
    await world.locked(async () => {
      const status = await walk.visit(page, item);
      walk.expect(status === 503, `a report whose reading cannot be written down is answered ${status}`);
      await walk.look(page, 'fault-503');
    });
    await prove();
    await world.database("UPDATE messages SET body = x'00'");
    const status = await walk.visit(page, item);
    walk.expect(status === 500, `a report that cannot be unsealed is answered ${status}`);
    await walk.look(page, 'fault-500');
  } else walk.problems.add('there is no report to break');
}
