// Private persons at /meld: one about oneself, a mother, a relative and a legal guardian, each spoken to as who they are. What has been
// said once is not asked again, nobody is asked about paragraphs or a workplace, and it is the same in the three languages.

export const name = 'private';

const next = '.form-fields .button.primary';

export default async function form(world, walk) {
  const begin = async (category, who) => {
    const page = await walk.person();
    await walk.visit(page, '/meld?kommune=4201');
    await walk.press(page, 'main form button');
    await walk.fill(page, { category, reporter_name: who, reporter_phone: '99000151' });
    await walk.press(page, next);
    return page;
  };
  const at = (page, step) => walk.expect(new URL(page.url()).pathname === `/meld/${step}`, `came to ${page.url()}, not to ${step}`);
  const says = async (page, words, what) => walk.expect((await walk.text(page)).includes(words), what);
  const lacks = async (page, selector, what) => walk.expect((await page.$(selector)) === null, what);
  const adult = { id_kind: 'FNR', id_number: '12835401802' };
  const child = { id_kind: 'FNR', id_number: '04861751843', given_name: 'Åse', family_name: 'Testdal' };
  const send = async (page) => {
    at(page, 'behov');
    await walk.fill(page, { 'needs-1': true, description: 'Trenger én som holder i trådene mellom flere tjenester.', 'urgency-1': true });
    await walk.press(page, next);
    await walk.fill(page, { 'services_now-4': true });
    await walk.press(page, next);
    at(page, 'se-over');
  };

  await walk.part('oneself', async () => {
    const page = await begin('PERSON_SELV', 'Ragna Prøvesen');
    await walk.look(page, 'private-oneself-person');
    walk.expect((await page.$eval('#family_name', (it) => it.value)) === 'Prøvesen', 'one who has written the name must write it again');
    await walk.fill(page, adult);
    await walk.press(page, next);
    at(page, 'samtykke');
    await walk.look(page, 'private-oneself-consent');
    for (const lang of ['nn', 'en']) {
      await walk.visit(page, `/meld/samtykke?lang=${lang}`);
      await walk.look(page, `private-oneself-consent-${lang}`);
    }
    await walk.visit(page, '/meld/samtykke?lang=nb');
    await walk.fill(page, { 'consent-2': true });
    await walk.press(page, next);
    await says(page, 'Du kan ringe kommunen', 'one who does not consent is not told whom to call');
    await walk.look(page, 'private-oneself-refused');
    await walk.fill(page, { 'consent-1': true });
    await walk.press(page, next);
    await walk.look(page, 'private-oneself-ground');
    await walk.fill(page, { 'scopes-1': true, 'scopes-2': true, 'consent_read-1': true });
    await walk.press(page, next);
    await walk.look(page, 'private-oneself-need');
    walk.expect(!(await page.$eval('.form-fields', (it) => it.innerText)).includes('§'), 'a private person chooses among paragraphs');
    await send(page);
    await walk.look(page, 'private-oneself-review');
    await walk.press(page, 'main form[action="/meld/se-over"] button');
    await walk.look(page, 'private-oneself-receipt');
    await says(page, 'Meldingen er mottatt', 'one cannot report about oneself');
  });

  await walk.part('a mother', async () => {
    const page = await begin('FORESATT', 'Ingunn Testdal');
    await walk.fill(page, child);
    await walk.press(page, next);
    await walk.look(page, 'private-parent-consent');
    await says(page, 'Jeg samtykker for barnet', 'a parent does not consent for the child');
    await walk.fill(page, { 'consent-1': true });
    await walk.press(page, next);
    await lacks(page, '#given_by', 'a parent writes her name again');
    await lacks(page, '#basis', 'a parent chooses among paragraphs');
    await walk.look(page, 'private-parent-ground');
    await walk.fill(page, { 'scopes-1': true, 'consent_read-1': true });
    await walk.press(page, next);
    at(page, 'foresatte');
    await lacks(page, '#g1_name', 'a parent writes her name a third time');
    await walk.press(page, next);
    await walk.look(page, 'private-parent-guardians-errors');
    await walk.fill(page, { g1_relation: 'MO', 'g1_responsible-1': true });
    await walk.press(page, next);
    await walk.visit(page, '/meld/foresatte?lang=en');
    await walk.look(page, 'private-parent-guardians-en');
    await walk.visit(page, '/meld/behov?lang=nn');
    await walk.look(page, 'private-parent-need-nn');
    await walk.visit(page, '/meld/behov?lang=nb');
    await send(page);
    await walk.look(page, 'private-parent-review');
  });

  await walk.part('a relative', async () => {
    const page = await begin('PAARORENDE', 'Odd Tenkt');
    await walk.fill(page, { ...adult, given_name: 'Ragna', family_name: 'Prøvesen' });
    await walk.press(page, next);
    walk.expect(!(await walk.text(page)).includes('der du arbeider'), 'a relative is asked about a workplace');
    await walk.look(page, 'private-relative-consent');
    await walk.fill(page, { 'consent-2': true, consent_day: world.day(-1) });
    await walk.press(page, next);
    await lacks(page, '#basis', 'a relative chooses among paragraphs');
    await walk.press(page, next);
    await walk.look(page, 'private-relative-ground-errors');
  });

  await walk.part('a legal guardian', async () => {
    const page = await begin('VERGE', 'Odd Tenkt');
    await walk.fill(page, { ...adult, given_name: 'Ragna', family_name: 'Prøvesen' });
    await walk.press(page, next);
    await walk.look(page, 'private-guardian-consent');
    await walk.fill(page, { 'consent-2': true, consent_day: world.day(-1) });
    await walk.press(page, next);
    await lacks(page, '#given_by', 'a legal guardian writes the name again');
    await walk.look(page, 'private-guardian-ground');
    await walk.fill(page, { given_by_role: 'VERGE', 'scopes-1': true, 'consent_read-1': true, basis_reason: 'Oppnevnt av statsforvalteren.' });
    await walk.press(page, next);
    await send(page);
    await walk.look(page, 'private-guardian-review');
    await walk.press(page, 'main form[action="/meld/se-over"] button');
    await says(page, 'Meldingen er mottatt', 'a legal guardian cannot report');
  });
}
