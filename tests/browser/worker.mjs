// A case worker's casework, by keyboard alone: take, ask for more, answer, confirm and go to the next, file, decide, close, undo.

export const name = 'worker';

export default async function worker(world, walk) {
  const references = [];
  for (const file of ['valid/gjerstad-coordinator-only.xml', 'valid/attachments.xml', 'valid/changed-need.xml']) references.push(await world.send(file));
  const page = await walk.person();
  await walk.signIn(page, await world.person('signe', 'Signe Saksbehandler', 'gjerstad-tjenestekontor', 'case_worker', '--unit', 'karmoy-bestillerkontor', '--unit', 'karmoy-oppvekst-mottak', '--unit', 'karmoy-mottaksgruppe'));
  await walk.look(page, 'worker-list');
  // On a telephone the menu opens by its button, and closes by Escape; by Enter it leads on.
  await page.setViewport({ width: 320, height: 700 });
  // What Tab comes to is what one sees next: top to bottom, and left to right.
  const places = await page.$$eval('.top-row :is(a, input:not([type=hidden]), button, summary)', (all) => all.filter((it) => it.checkVisibility()).map((it) => { const { top, bottom, left } = it.getBoundingClientRect(); return { top, bottom, left, what: it.textContent.trim() || it.id }; }));
  const inOrder = places.every((it, at) => at === 0 || it.top >= places[at - 1].bottom - 4 || it.left >= places[at - 1].left);
  walk.expect(inOrder && places.length > 3, `the order of focus is not the order seen: ${JSON.stringify(places)}`);
  const isOpen = () => page.$eval('.top-menu', (it) => it.open);
  await walk.tabTo(page, '.top-menu > summary');
  await page.keyboard.press('Enter');
  walk.expect(await isOpen(), 'the menu does not open');
  await page.keyboard.press('Escape');
  walk.expect(!(await isOpen()), 'Escape does not close the menu');
  await page.keyboard.press('Enter');
  if (await walk.tabTo(page, '.top-links a[href="/tasks"]')) await walk.enter(page);
  walk.expect(new URL(page.url()).pathname === '/tasks', `the menu leads to ${page.url()}`);
  walk.expect((await page.$eval('.top-links [aria-current]', (it) => it.textContent).catch(() => '')) === 'Oppgaver', 'the menu does not tell where one is');
  await page.setViewport({ width: 1280, height: 900 });
  await walk.visit(page, '/');
  const [reference] = references;

  // The row by the keyboard: an unread report is opened by its button.
  const row = (it) => page.evaluateHandle((wanted) => [...document.querySelectorAll('tbody .reference')].find((one) => one.textContent.includes(wanted)), it);
  const button = (await row(reference)).asElement();
  walk.expect(button, `${reference} is not in the list`);
  await button.evaluate((it) => { it.dataset.walk = 'row'; });
  await walk.tabTo(page, '[data-walk=row]');
  await walk.enter(page);
  await walk.look(page, 'worker-report');
  const item = new URL(page.url()).pathname;
  walk.expect(/^\/items\/[0-9a-f-]+$/.test(item), `opening leads to ${page.url()}`);

  const press = async (action) => {
    if (await walk.tabTo(page, `form[action="${item}/${action}"] button`)) await walk.enter(page);
  };
  await press('take');
  walk.expect((await walk.text(page)).includes('Signe Saksbehandler'), 'taking it does not show who is responsible');
  await walk.look(page, 'worker-taken');
  walk.expect(await page.$('.undo button'), 'there is no undo after taking it');

  const act = async (kind, answers, { wrong } = {}) => {
    await walk.visit(page, `${item}/do/${kind}`);
    if (wrong) {
      if (await walk.tabTo(page, 'main form .button.primary')) await walk.enter(page);
      walk.expect(await page.evaluate(() => document.activeElement?.getAttribute('role') === 'alert'), `${kind}: the focus is not on the error summary`);
      await walk.look(page, `do-${kind}-errors`);
      const link = await page.$('[role=alert] a');
      await link?.focus();
      await page.keyboard.press('Enter');
      walk.expect(await page.evaluate(() => /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName)), `${kind}: the error summary does not lead to a field`);
    } else await walk.look(page, `do-${kind}`);
    await walk.fillAct(page, answers);
    if (await walk.tabTo(page, 'main form .button.primary')) await walk.enter(page);
    walk.expect(page.url().includes('done='), `${kind} leads to ${page.url()}: ${(await walk.text(page)).slice(0, 300)}`);
  };
  await act('asked_for_more', { text: 'Hvilke tjenester har personen i dag?', way: await first(page, walk, item, 'asked_for_more', 'way') }, { wrong: true });
  await walk.press(page, '.undo button').catch(() => walk.problems.add('what was asked cannot be undone'));
  await walk.look(page, 'worker-undone');
  await act('asked_for_more', { text: 'Når skrives personen ut?', way: await first(page, walk, item, 'asked_for_more', 'way') });
  await walk.look(page, 'worker-asked');
  await act('answered', { kind: 'FORELOPIG', text: 'Vi har mottatt meldingen og ringer innen fredag.', way: await first(page, walk, item, 'answered', 'way') });
  await act('commented', { text: 'Snakket med avdelingen på telefon.' });
  await act('archived', { reference: '26/01234-2' }, { wrong: true });
  await act('decided', { outcome: 'INNVILGET', on: world.day() });
  await act('coordinator_appointed', { name: 'Kåre Koordinator', kind: 'KOMMUNAL', duty: 'HOVED', from: world.day(-40), anyway: true });
  await act('plan_set', { status: 'UNDER_ARBEID', on: world.day() });
  await act('team_set', { status: 'AKTIV', on: world.day() });
  await act('contact_planned', { on: world.day() });
  await act('consent_changed', { status: await first(page, walk, item, 'consent_changed', 'status'), on: world.day() });
  await act('unmet_need_flagged', { need: 'AVLASTNING' });
  await act('improvement_flagged', { improvement: 'JA' });
  await walk.look(page, 'worker-before-closing');
  for (const kind of ['given', 'lifted', 'transfer_offered', 'wrong_addressee', 'coordinator_changed', 'coordinator_ended', 'wish_informed', 'assessed', 'decision_sent', 'start_planned', 'review_planned', 'checklist_ticked', 'appointment_delegated', 'family_linked']) {
    await walk.visit(page, `${item}/do/${kind}`);
    await walk.look(page, `do-${kind}`);
  }
  await walk.visit(page, `${item}/experience`);
  await walk.look(page, 'experience');
  await walk.visit(page, `${item}/print`);
  await walk.look(page, 'paper');
  await walk.visit(page, item);
  await press('close');
  walk.expect(/gjort ferdig|ferdig/i.test(await walk.text(page)), 'closing does not say so');
  await walk.press(page, '.undo button').catch(() => walk.problems.add('closing cannot be undone'));
  walk.expect(await page.$(`form[action="${item}/close"]`), 'after undoing, it cannot be closed again');
  await press('close');
  await walk.look(page, 'worker-closed');
  await walk.visit(page, '/?tab=done');
  await walk.look(page, 'worker-done');
  walk.expect((await walk.text(page)).includes(reference), 'what is done is not among what is done');
  await walk.visit(page, item);
  await press('reopen');

  // Overdue: the day of the next contact is past.
  await world.database(`UPDATE items SET next_contact_on = '${world.day(-2)}' WHERE next_contact_on = '${world.day()}'`);
  await walk.visit(page, '/overdue');
  await walk.look(page, 'overdue');
  walk.expect((await walk.text(page)).includes(reference), 'a case whose next contact is past is not among the overdue');

  // Confirm, and take the next.
  await walk.visit(page, '/');
  const second = (await row(references[2])).asElement();
  if (second) {
    await walk.press(page, second);
    const here = new URL(page.url()).pathname;
    const next = await page.$(`form[action="${here}/confirm"] input[name=next]`);
    walk.expect(next, 'there is no button that confirms and goes to the next');
    await walk.press(page, await next.evaluateHandle((it) => it.form.querySelector('button')));
    walk.expect(new URL(page.url()).pathname !== here, 'confirming does not lead to the next');
    await walk.look(page, 'worker-next');
  }

  // The one with attachments: they are shown and saved, and held back with a reason before the report is opened.
  await walk.visit(page, '/');
  const third = (await row(references[1])).asElement();
  const unopened = await third.evaluate((it) => it.form?.action.replace(/\/open$/, ''));
  if (unopened) {
    walk.expect((await walk.visit(page, `${new URL(unopened).pathname}/attachments/1`)) === 409, 'an attachment of an unopened report is given');
    await walk.look(page, 'attachment-not-opened');
    await walk.visit(page, new URL(unopened).pathname);
    await walk.look(page, 'worker-cover');
    await walk.press(page, '.cover form button');
  }
  const file = await page.$eval('.files a[download]', (it) => it.getAttribute('href')).catch(() => null);
  if (file) {
    walk.expect((await walk.take(page, file)).status === 200, 'an attachment cannot be fetched');
    const shown = await page.$eval('.files a[target]', (it) => it.getAttribute('href')).catch(() => null);
    if (shown) walk.expect((await walk.take(page, shown)).status === 200, 'an attachment cannot be shown');
  } else walk.problems.add('there is no attachment to fetch');
  await walk.look(page, 'worker-attachments');

  // A form that is sent after the session is over does not lose what was written.
  const here = new URL(page.url()).pathname.match(/^\/items\/[^/?]+/)[0];
  await walk.visit(page, `${here}/do/commented`);
  await walk.fillAct(page, { text: 'En lang kommentar som ikke må gå tapt.' });
  await page.deleteCookie(...(await page.cookies()).filter((it) => it.name === '__Host-meldeport'));
  if (await walk.tabTo(page, 'main form .button.primary')) await walk.enter(page);
  walk.expect((await walk.text(page)).includes('En lang kommentar som ikke må gå tapt.'), 'what was written is lost with the session');
  await walk.look(page, 'session-over-kept');
  const kept = page.url();
  const [other] = await Promise.all([new Promise((open) => page.once('popup', open)), page.click('main a[target=_blank]')]);
  await other.waitForSelector('#login');
  await other.type('#login', 'signe');
  await other.type('#password', 'fjorten grønne elger');
  await Promise.all([other.waitForNavigation(), other.click('main form:not([data-passkey]) button[type=submit]')]);
  await other.close();
  walk.expect(page.url() === kept, 'the page with what was written has gone');
  await walk.press(page, 'main form button[type=submit]');
  walk.expect((await page.$eval('#act-text', (it) => it.value).catch(() => '')) === 'En lang kommentar som ikke må gå tapt.', 'after signing in again the form does not have what was written');
  await walk.look(page, 'session-over-again');
  await walk.press(page, 'main form .button.primary');
  walk.expect(page.url().includes('done=commented'), `what was kept cannot be sent: ${page.url()}`);
}

/** The first real choice of a field on the form of an act. */
async function first(page, walk, item, kind, field) {
  await walk.visit(page, `${item}/do/${kind}`);
  return page.$eval(`#act-${field}`, (it) => [...it.options].find((one) => one.value !== '').value).catch(() => '');
}
