// A guest: one case until a date, and nothing else; when the time is over, nothing at all. Beside them a coordinator, who sees their
// own cases, and a member of a group, who sees what has been lifted.

import { password } from './chromium.mjs';

export const name = 'guest';

export default async function guest(world, walk) {
  const [reference, other] = [await world.send('valid/gjerstad-coordinator-only.xml'), await world.send('valid/utf8-bom.xml')];
  const unit = 'gjerstad-tjenestekontor';
  const worker = await walk.person();
  await walk.signIn(worker, await world.person('siri', 'Siri Saksbehandler', unit, 'case_worker'));
  const open = async (wanted) => {
    await walk.visit(worker, '/');
    const row = await worker.evaluateHandle((it) => [...document.querySelectorAll('tbody .reference')].find((one) => one.textContent.includes(it)), wanted);
    await walk.press(worker, row.asElement());
    return new URL(worker.url()).pathname;
  };
  const [item, closed] = [await open(reference), await open(other)];

  const page = await walk.person();
  await walk.signIn(page, await world.person('gry', 'Gry Gjest', unit, 'guest', '--case', reference, '--to', world.day(3)));
  await walk.look(page, 'guest-list');
  walk.expect(!(await walk.text(page)).includes(other), 'a guest sees another case in the list');
  walk.expect((await walk.visit(page, item)) === 200, 'a guest cannot open their case');
  await walk.look(page, 'guest-case');
  walk.expect((await walk.text(page)).includes('Fiktiv'), 'a guest cannot read their case');
  for (const place of [closed, `${closed}/print`, '/register', '/statistikk', '/people', '/journal']) {
    const status = await walk.visit(page, place);
    walk.expect(status === 403 || status === 404, `a guest gets ${status} at ${place}`);
  }
  await walk.look(page, 'guest-refused');
  await walk.visit(page, '/overdue');
  await walk.look(page, 'guest-overdue');
  walk.expect(!(await walk.text(page)).includes(other), 'a guest sees another case among the overdue');

  // The guest's time is ended from the command line, and the next click says so.
  await world.meldeport('user', 'end', 'gry', '--unit', unit);
  await walk.visit(page, item);
  await walk.look(page, 'guest-ended');
  walk.expect(!(await walk.text(page)).includes('Fiktiv'), 'a guest whose time is over still reads the case');
  await page.type('#login', 'gry');
  await page.type('#password', password);
  await walk.press(page, 'main form:not([data-passkey]) button[type=submit]');
  await walk.look(page, 'guest-refused-ended');
  walk.expect(!(await walk.text(page)).includes('Fiktiv'), 'a guest whose time is over reads the case after signing in anew');
  await walk.visit(page, '/');
  await walk.look(page, 'guest-list-ended');

  // A coordinator: empty until a case is theirs.
  const coordinator = await walk.person();
  await walk.signIn(coordinator, await world.person('kim', 'Kim Koordinator', unit, 'coordinator'));
  await walk.look(coordinator, 'coordinator-empty');
  walk.expect((await walk.visit(coordinator, item)) === 404, 'a coordinator opens a case that is not theirs');
  await walk.visit(worker, item);
  if (await worker.$(`form[action="${item}/take"]`)) await walk.press(worker, `form[action="${item}/take"] button`);
  await walk.visit(worker, `${item}/do/coordinator_appointed`);
  const staff = await worker.$eval('#act-staff', (it) => [...it.options].find((one) => one.textContent.includes('Kim'))?.value);
  await walk.fillAct(worker, { staff, kind: 'KOMMUNAL', duty: 'HOVED', from: world.day(), anyway: true });
  await walk.press(worker, 'main form .button.primary');
  walk.expect(worker.url().includes('done=coordinator_appointed'), 'a colleague cannot be appointed');
  await walk.visit(coordinator, '/?tab=mine');
  await walk.look(coordinator, 'coordinator-list');
  const text = await walk.text(coordinator);
  walk.expect(text.includes(reference) && !text.includes(other), 'a coordinator does not see exactly their own cases');
  walk.expect((await walk.visit(coordinator, item)) === 200, 'a coordinator cannot open their own case');
  await walk.look(coordinator, 'coordinator-case');
  await walk.visit(coordinator, `${item}/do/contact_planned`);
  await walk.fillAct(coordinator, { on: world.day(30) });
  await walk.press(coordinator, 'main form .button.primary');
  walk.expect(coordinator.url().includes('done=contact_planned'), 'a coordinator cannot set the next contact');
  walk.expect((await walk.visit(coordinator, closed)) === 404, 'a coordinator opens another case');

  await walk.visit(coordinator, `${item}/questions`);
  await walk.look(coordinator, 'coordinator-questions');

  // A member of the unit's group: nothing, until somebody lifts a case to it.
  const member = await walk.person();
  await walk.signIn(member, await world.person('mons', 'Mons Medlem', unit, 'member'));
  await walk.look(member, 'member-empty');
  walk.expect((await walk.visit(member, closed)) === 404, 'a member opens a case that nobody has lifted');
  await walk.visit(worker, `${closed}/do/lifted`);
  await walk.look(worker, 'lift-own-group');
  await walk.fillAct(worker, { group: unit, reason: 'TVIL_OM_ANSVAR', step: 'II' });
  await walk.press(worker, 'main form .button.primary');
  await walk.look(worker, 'lifted-own-group');
  walk.expect((await walk.visit(member, closed)) === 200, 'a member cannot read what has been lifted');
  await walk.look(member, 'member-case');
}
