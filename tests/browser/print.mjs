// A report on paper, by real Chromium: printed as a PDF and looked at with poppler. It must be A4, tagged, with a text layer, and
// have our reference on every page.
//
//   node print.mjs LINK OUT          LINK: a one-time link that `meldeport user link` or the demo prints

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Walk, password } from './chromium.mjs';

const [link, out] = process.argv.slice(2);
const base = new URL(link).origin;
const walk = await Walk.begin('print', base, out);
const page = await walk.person();
const { problems } = walk;
const must = (holds, said) => { if (!holds) problems.add(said); };
const tool = (name, ...given) => execFileSync(name, given, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

await page.goto(link);
await page.type('input[name=password]', password);
await page.type('input[name=repeat]', password);
await Promise.all([page.waitForNavigation(), page.click('main form button')]);

// Every report that can be opened here: what nobody has opened is a button in the list.
const REPORTS_MAX = 20;
for (let opened = 0; opened < REPORTS_MAX; opened += 1) {
  await page.goto(base);
  const button = await page.$('form[action^="/items/"][action$="/open"] button');
  if (!button) break;
  await Promise.all([page.waitForNavigation(), button.click()]);
}
await page.goto(`${base}/?tab=unit`);
const items = await page.$$eval('a[href^="/items/"]', (links) => [...new Set(links.map((it) => it.getAttribute('href').split('?')[0]))]);
must(items.length > 0, 'there is no report to print');

let sheets = 0;
let longest = 0;
for (const item of items) {
  const answer = await page.goto(`${base}${item}/print`);
  if (answer.status() !== 200) continue;
  const reference = await page.$eval('.running strong', (it) => it.textContent);
  const name = path.join(out, `print-${sheets}.pdf`);
  const pdf = await page.pdf({ path: name, preferCSSPageSize: true, tagged: true, printBackground: false });
  must(pdf.length > 1000, `${reference}: nothing came of it`);

  const facts = tool('pdfinfo', name);
  must(/^Page size:.*\(A4\)$/m.test(facts), `${reference}: not A4: ${facts.match(/^Page size:.*$/m)}`);
  must(/^Tagged:\s+yes$/m.test(facts), `${reference}: not tagged`);
  const pages = Number(facts.match(/^Pages:\s+(\d+)$/m)[1]);
  longest = Math.max(longest, pages);
  for (let number = 1; number <= pages; number += 1) {
    const text = tool('pdftotext', '-f', String(number), '-l', String(number), '-layout', name, '-');
    must(text.includes(reference), `${reference}: page ${number} of ${pages} does not have the reference`);
    must(text.trim().length > 40, `${reference}: page ${number} of ${pages} has no text layer`);
  }
  const whole = tool('pdftotext', name, '-');
  must(whole.includes('Oppsummert') || whole.includes('Samtykke'), `${reference}: what was sent is not there`);
  must(tool('pdfinfo', '-struct-text', name).includes('H1'), `${reference}: its heading is not marked as one`);
  sheets += 1;
}
must(sheets > 0, 'no report could be printed');
must(longest > 1, 'no report was longer than one page, so nothing is known of the others');

await walk.browser.close();
for (const problem of problems) console.error(problem);
console.log(`${sheets} reports on paper, the longest on ${longest} pages, ${problems.size} problems`);
process.exit(problems.size === 0 ? 0 : 1);
