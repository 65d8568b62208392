// A leader's day: what is overdue, giving a case to somebody, the register, the coordinators, the statistics, who has read what.
// A leader sees how cases stand, and reads none of them.

export const name = 'leader';

export default async function leader(world, walk) {
  const reference = await world.send('valid/gjerstad-coordinator-only.xml');
  await world.person('sverre', 'Sverre Saksbehandler', 'gjerstad-tjenestekontor', 'case_worker');
  const page = await walk.person();
  await walk.signIn(page, await world.person('laila', 'Laila Leder', 'gjerstad-tjenestekontor', 'leader'));
  await walk.look(page, 'leader-list');
  await walk.visit(page, '/?tab=unit');
  await walk.look(page, 'leader-list-unit');
  walk.expect((await walk.text(page)).includes(reference), 'the leader does not see the unit’s cases');

  // One case: how it stands, and nothing of what it says.
  const row = await page.evaluateHandle((wanted) => [...document.querySelectorAll('tbody .reference')].find((one) => one.textContent.includes(wanted)), reference);
  await walk.press(page, row.asElement());
  await walk.look(page, 'leader-case');
  const said = await walk.text(page);
  walk.expect(!said.includes('Fiktiv'), 'the leader reads a name');
  const item = new URL(page.url()).pathname;
  walk.expect((await walk.visit(page, `${item}/print`)) === 403, 'the leader may print what they may not read');
  await walk.look(page, 'leader-refused');
  await walk.visit(page, item);
  if (await walk.choose(page, 'Gi til en kollega')) {
    const colleague = await page.$eval('#act-to', (it) => [...it.options].find((one) => one.textContent.includes('Sverre'))?.value);
    await walk.fillAct(page, { to: colleague });
    await walk.press(page, 'main form .button.primary');
    walk.expect((await walk.text(page)).includes('Sverre Saksbehandler'), 'the leader cannot give a case to a colleague');
    await walk.look(page, 'leader-given');
  }

  for (const [place, shot] of [['/oversikt', 'leader-overview'], ['/overdue', 'leader-overdue'], ['/register', 'register'], ['/register?list=gap', 'register-gap'], ['/register?list=unassigned', 'register-unassigned'], ['/register?list=closed', 'register-closed'], ['/register/coordinators', 'coordinators'], ['/register/coordinators?kind=HF', 'coordinators-none'], ['/statistikk', 'statistics'], ['/statistikk?year=2026&quarter=1', 'statistics-quarter'], ['/statistikk/rapport', 'report'], ['/journal', 'journal-leader']]) {
    const status = await walk.visit(page, place);
    walk.expect(status === 200 || place.includes('list='), `${place} answers ${status}`);
    await walk.look(page, shot);
  }
  for (const file of ['/register.csv', '/register.json', '/register/coordinators.csv', '/register/coordinators.json', '/statistikk.csv', '/statistikk.json', '/register.xlsx', '/register/coordinators.xlsx', '/statistikk.xlsx']) {
    const answer = await walk.take(page, file);
    walk.expect(answer.status === 200, `${file} answers ${answer.status}`);
    for (const name of ['Fiktiv', 'Prøvesen', 'Tenkt', '12835401802']) walk.expect(!answer.text.includes(name), `${file} names a patient`);
  }
}
