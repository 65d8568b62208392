// Real Chromium for the walks: what it is told at the start, and what is held against any page that it shows.

import puppeteer from 'puppeteer-core';

// A browser and a page in bokmål. `problems` gets every error in the console, every script that falls over, and everything that
// is asked of another place than `base`. `bypassCSP` is only for axe, where a page's own policy would keep it out.
export async function open(base, problems, { bypassCSP }) {
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    acceptInsecureCerts: true,
    args: ['--no-sandbox', '--force-color-profile=srgb'],
  });
  const page = await browser.newPage();
  await page.setExtraHTTPHeaders({ 'accept-language': 'nb-NO,nb' });
  await page.setBypassCSP(bypassCSP);
  page.on('console', (said) => { if (said.type() === 'error' && !/status of 4\d\d/.test(said.text())) problems.add(`console: ${said.text()} at ${page.url()}`); });
  page.on('pageerror', (error) => problems.add(`script: ${error.message}`));
  page.on('request', (asked) => { if (!asked.url().startsWith(base) && !asked.url().startsWith('data:')) problems.add(`asks elsewhere: ${asked.url()}`); });
  return { browser, page };
}
