// Those who look after access. A directory administrator replaces a contact person; an auditor reads who has read what, and the access log
// of one person; nobody of them sees a case.

import { password } from './chromium.mjs';

export const name = 'auditor';

export default async function auditor(world, walk) {
  const unit = 'gjerstad-tjenestekontor';
  const reference = await world.send('valid/gjerstad-coordinator-only.xml');
  const admin = await walk.person();
  await walk.signIn(admin, await world.person('dag', 'Dag Administrator', unit, 'directory_administrator'));
  await walk.look(admin, 'administrator-list');
  walk.expect(!(await walk.text(admin)).includes(reference), 'an administrator sees cases');
  await walk.visit(admin, '/people');
  await walk.look(admin, 'people-before');

  // A new person takes over: the old one's role ends the day the new one begins.
  await world.directory('gjerstad.toml', (it) => it.replace('telephone = "+47 99 00 09 01"', 'telephone = "+47 99 00 09 01"\nperson = "Gamle Kontakt"'));
  const gone = await walk.person();
  await walk.signIn(gone, await world.person('gamle', 'Gamle Kontakt', unit, 'case_worker'));
  await walk.press(gone, await gone.evaluateHandle((it) => [...document.querySelectorAll('tbody .reference')].find((one) => one.textContent.includes(it)), reference));
  const item = new URL(gone.url()).pathname;
  await walk.visit(admin, '/people');
  const old = await admin.$eval('#people-replaces', (it) => [...it.options].find((one) => one.textContent.includes('Gamle'))?.value);
  await walk.fill(admin, { 'people-login': 'nye', 'people-name': 'Nye Kontakt', 'people-role': 'case_worker', 'people-replaces': old });
  await walk.tabTo(admin, 'form[action="/people/give"] button[type=submit]');
  await walk.enter(admin);
  await walk.look(admin, 'people-given');
  const link = await admin.$eval('.one-time-link', (it) => it.innerText).catch(() => '');
  walk.expect(link.includes('/first/'), 'the new person has no link to sign in with');
  await walk.visit(admin, '/people');
  await walk.look(admin, 'people-after');
  walk.expect((await walk.text(admin)).includes('Nye Kontakt'), 'the new person is not among the people');
  await walk.fill(admin, { 'people-login': 'feil', 'people-name': '', 'people-role': 'guest' });
  await walk.press(admin, 'form[action="/people/give"] button[type=submit]');
  await walk.look(admin, 'people-errors');
  // seed: G-21
  await walk.part('a contact person is replaced: the unit keeps every message, the directory names the new one, the old one is out', async () => {
    const before = await walk.person();
    await walk.visit(before, '/kontakt/4211?lang=nb');
    walk.expect((await walk.text(before)).includes('Gamle Kontakt'), 'the directory does not name the contact person');
    await walk.look(before, 'contact-person-old');
    await world.directory('gjerstad.toml', (it) => it.replace('Gamle Kontakt', 'Nye Kontakt'));
    let named = '';
    for (let i = 0; i < 50 && !named.includes('Nye Kontakt'); i += 1) {
      await new Promise((later) => setTimeout(later, 200));
      await walk.visit(before, '/kontakt/4211?lang=nb');
      named = await walk.text(before);
    }
    walk.expect(named.includes('Nye Kontakt') && !named.includes('Gamle Kontakt'), 'the directory does not name the new contact person');
    await walk.look(before, 'contact-person-new');

    await walk.visit(gone, item);
    walk.expect(new URL(gone.url()).pathname === '/sign-in', 'the old contact person is still signed in');
    await gone.type('#login', 'gamle');
    await gone.type('#password', password);
    await walk.press(gone, 'main form:not([data-passkey]) button[type=submit]');
    walk.expect(!(await walk.text(gone)).includes('Fiktiv'), 'the old contact person still reads the report');

    const fresh = await walk.person();
    await walk.signIn(fresh, link);
    await walk.look(fresh, 'contact-new-list');
    const listed = await walk.text(fresh);
    walk.expect(listed.includes(reference), 'the new person does not see the unit’s cases');
    await walk.visit(fresh, item);
    walk.expect((await walk.text(fresh)).includes('Fiktiv'), 'the new person cannot read what the old one opened');
  });

  const page = await walk.person();
  await walk.signIn(page, await world.person('rune', 'Rune Revisor', unit, 'auditor'));
  await walk.look(page, 'auditor-list');
  await walk.visit(page, '/journal');
  await walk.look(page, 'journal');
  // What is narrowed to one report tells who opened it; to what was refused, who tried which doors.
  await walk.fill(page, { reference });
  await walk.press(page, '#journal-filter button');
  await walk.look(page, 'journal-reference');
  const lines = await walk.text(page);
  walk.expect(lines.includes('Nye Kontakt') && lines.includes(reference), 'the journal does not tell who opened what');
  walk.expect(new URL(page.url()).search === `?reference=${reference}`, 'what the journal is narrowed to is not in the address');
  await walk.fill(page, { reference: 'Margrethe' });
  await walk.press(page, '#journal-filter button');
  await walk.look(page, 'journal-no-reference');
  walk.expect(!page.url().includes('Margrethe'), 'what was typed is in the address');
  walk.expect((await walk.visit(admin, '/register')) === 403, 'an administrator gets in at the register');
  await walk.visit(page, '/journal?kind=refused');
  await walk.look(page, 'journal-refused');
  walk.expect((await walk.text(page)).includes('Dag Administrator'), 'the journal does not tell who was refused');
  const file = await walk.take(page, '/journal.csv?kind=refused');
  walk.expect(file.status === 200 && file.text.includes('Dag Administrator') && !file.text.includes('Fiktiv'), 'the journal is not taken out as it is seen');
  await walk.visit(page, '/journal');
  const words = await page.$$eval('tbody tr', (rows) => rows.map((row) => row.innerText).join('\n'));
  for (const raw of ['http', '{', 'units', ' rows', ' lines', '_']) walk.expect(!words.includes(raw), `the journal shows «${raw}» to people`);
  await walk.fill(page, { number: '30887901887' });
  await walk.press(page, '#access-log button');
  await walk.look(page, 'access-log');
  walk.expect((await walk.text(page)).includes('Nye Kontakt'), 'the access log of a person does not tell who opened');
  await walk.visit(page, '/journal');
  await walk.fill(page, { number: '30887901888' });
  await walk.press(page, '#access-log button');
  await walk.look(page, 'access-log-mistyped');
  walk.expect((await walk.text(page)).includes('Kontrollsifrene stemmer ikke') && (await page.$('[data-print]')) === null, 'a mistyped number gives a log to print');
  await walk.fill(page, { number: '04861751843' }); // About whom Risør alone has a report.
  await walk.press(page, '#access-log button');
  await walk.look(page, 'access-log-empty');
  walk.expect((await walk.text(page)).includes('Ingen melding om en person med dette nummeret'), 'an empty log does not say that it is empty');
  for (const place of ['/people', '/register', '/statistikk']) walk.expect((await walk.visit(page, place)) === 403, `an auditor gets in at ${place}`);
  await walk.look(page, 'auditor-refused');
}
