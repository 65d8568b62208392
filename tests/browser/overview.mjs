// A leader's overview in real Chromium: register, coordinators, statistics and the report for leaders. On every page, in three widths
// and both themes: no finding by axe (WCAG 2.2 AA), no sideways scroll. The workbook is fetched, and the report is printed as a PDF:
// A4, tagged, its charts with words for those who do not see them. Screenshots are left in OUT for a person to look at.
//
//   node overview.mjs LINK OUT          LINK: a one-time link of a leader

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { open } from './chromium.mjs';

const [link, out] = process.argv.slice(2);
const base = new URL(link).origin;
const here = path.dirname(new URL(import.meta.url).pathname);
const axe = fs.readFileSync(path.join(here, 'node_modules/axe-core/axe.min.js'), 'utf8');
const password = 'fjorten grønne elger';
const problems = new Set();
const must = (holds, said) => { if (!holds) problems.add(said); };
const { browser, page } = await open(base, problems, { bypassCSP: true }); // Only for axe and for fetching.

await page.goto(link);
await page.type('input[name=password]', password);
await page.type('input[name=repeat]', password);
await Promise.all([page.waitForNavigation(), page.click('main form button')]);

let steps = 0;
for (const where of ['/register', '/register/coordinators', '/statistikk', '/statistikk/rapport']) {
  const answer = await page.goto(base + where);
  must(answer.status() === 200, `${where}: ${answer.status()}`);
  const name = `overview${where.replaceAll('/', '-')}`;
  for (const theme of ['light', 'dark']) {
    for (const width of [320, 800, 1400]) {
      steps += 1;
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
      await page.setViewport({ width, height: 900 });
      await page.screenshot({ path: path.join(out, `${name}-${theme}-${width}.png`), fullPage: true });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) problems.add(`${where}, ${width} px: ${over} px too wide`);
      const found = await page.evaluate(async (source) => {
        if (!window.axe) (0, eval)(source);
        return window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
      }, axe);
      for (const it of found.violations) problems.add(`${where}, ${theme}, ${width} px: ${it.id} at ${it.nodes[0].target}`);
    }
  }
}

const charts = await page.$$eval('svg.chart', (all) => all.map((it) => [it.querySelector('title')?.textContent, it.querySelector('desc')?.textContent]));
must(charts.length >= 5, `only ${charts.length} charts`);
must(charts.every(([title, about]) => title && about), 'a chart says nothing to those who do not see it');
const file = path.join(out, 'overview-report.pdf');
await page.pdf({ path: file, preferCSSPageSize: true, tagged: true });
const facts = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
must(/\(A4\)/.test(facts) && /^Tagged:\s+yes$/m.test(facts), `the report is not a tagged A4: ${facts}`);

const workbook = await page.evaluate(async () => {
  const answer = await fetch('/statistikk.xlsx');
  return [answer.status, ...new Uint8Array(await answer.arrayBuffer()).slice(0, 2)];
});
must(workbook.join() === '200,80,75', `the workbook is none: ${workbook}`);

await browser.close();
for (const it of problems) console.log(`✗ ${it}`);
console.log(`${steps} views, ${charts.length} charts, ${problems.size} problems`);
process.exitCode = problems.size === 0 ? 0 : 1;
