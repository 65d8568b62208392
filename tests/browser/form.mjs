// The public directory and the form in real Chromium, against a demo that is running: a stranger finds who receives, a teacher
// reports by a link, with the keyboard alone and without a script, and sees what has become of it. On every page and state: no finding
// by axe (WCAG 2.2 AA), no sideways scroll, nothing personal in address or title. Screenshots in three widths are left in OUT.
//
//   node form.mjs LINK OUT          LINK: the one-time link to the form that `meldeport demo` prints

import { Walk } from './chromium.mjs';

const [link, out] = process.argv.slice(2);
const base = new URL(link).origin;
const walk = await Walk.begin('form', base, out);
const page = await walk.person();
const look = (name) => walk.look(page, name);
const expect = (holds, what) => walk.expect(holds, what);
const text = () => walk.text(page);
const tabTo = (selector) => walk.tabTo(page, selector);
const enter = () => walk.enter(page);
const fill = (answers) => walk.fillByKeyboard(page, answers, '.form-fields .button.primary');

await page.goto(`${base}/kontakt`);
await look('contacts');
await page.goto(`${base}/kontakt?q=oslo`);
await look('contacts-none');
await page.goto(`${base}/kontakt/4201`);
await look('contact');
expect((await text()).includes('Systemkoordinator i Risør'), 'the directory does not answer for Risør');
await page.goto(`${base}/kontakt/0301`);
await look('contact-nobody');
await page.goto(`${base}/kontakt/historikk`);
await look('history');
await page.goto(`${base}/meld?kommune=5614`);
await look('form-start');
await page.goto(`${base}/meld/status`);
await look('status-ask');

await page.goto(link);
await look('form-invited');
await page.setJavaScriptEnabled(false);
await page.reload();
await page.select('#kommune', '4201');
await Promise.all([page.waitForNavigation(), page.click('main form button')]);
expect(page.url().endsWith('/meld/melder'), `the link leads to ${page.url()}`);
await page.setJavaScriptEnabled(true);
await page.reload();
await look('form-reporter');
await tabTo('.form-fields .button.primary');
await enter();
expect(await page.evaluate(() => document.activeElement?.getAttribute('role') === 'alert'), 'the focus is not on the error summary');
await look('form-reporter-errors');
await fill([['#reporter_name', 'Hilde Prøvelærer'], ['#reporter_phone', '99000113']]);
await look('form-person');
await fill([['#id_kind', 'Fødselsnummer'], ['#id_number', '04861751843'], ['#given_name', 'Åse'], ['#family_name', 'Testdal']]);
await look('form-consent');
await fill([['#consent-3', true]]);
await look('form-consent-errors');
// The radio keeps its choice; the day is typed as the browser's own field takes it.
await page.$eval('#consent_day', (it) => { it.value = '2026-11-18'; });
await fill([]);
await look('form-ground');
await fill([['#given_by_role', 'Foresatt'], ['#given_by', 'Ingunn Testdal'], ['#scopes-1', true], ['#scopes-4', true]]);
await look('form-ground-errors');
await tabTo('#consent_read-1');
await page.keyboard.press('Space');
await fill([]);
await look('form-guardians');
await fill([['#g1_relation', 'Mor'], ['#g1_name', 'Ingunn Testdal']]);
await look('form-need');
await fill([['#needs-4', true], ['#description', 'Trenger én som holder i trådene mellom seks tjenester.'], ['#urgency-1', true]]);
await look('form-services');
await fill([['#services_now-4', true], ['#services_now-17', true]]);
await look('form-review');
expect((await text()).includes('Oppvekst i Risør'), 'the review does not tell where the report goes');
await page.click('main form[action="/meld/se-over"] button').catch(() => walk.problems.add('the report cannot be sent'));
await page.waitForNavigation().catch(() => {});
await look('form-receipt');
const code = await page.$eval('.receipt-code', (it) => it.innerText).catch(() => '');
await page.goto(`${base}/meld/status`);
await page.type('#code', code.toLowerCase());
await Promise.all([page.waitForNavigation(), page.click('main form button')]);
await look('status');
expect((await text()).includes('Mottatt, ikke lest ennå'), 'the sender does not see what has become of the report');

await walk.end();
