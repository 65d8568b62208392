// Real Chromium for the walks: what it is told at the start, and what is held against any page that it shows.
//
// `look` is the one way in which a page is judged: three widths and both themes, 200 % and 400 % zoom, text twice as large, reduced
// motion, forced colours and paper; axe (WCAG 2.2 AA), no sideways scroll, nothing that moves, nothing personal in address or title,
// and every place that Tab comes to in its order, with its focus seen. Screenshots are left for a person to look at.

import fs from 'node:fs';
import path from 'node:path';
import puppeteer from 'puppeteer-core';

const here = path.dirname(new URL(import.meta.url).pathname);
const axe = fs.readFileSync(path.join(here, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** What everybody chooses as password in these made-up worlds. */
export const password = 'fjorten grønne elger';

/** Names and numbers of the made-up persons whom the reports are about: never in an address, a title or a cookie. */
const personal = ['Prøvesen', 'Testdal', 'Øvelsesen', 'Oppdiktet', 'Skisse', 'Fantasi', 'Fiktiv', 'Tenkt', 'Blåveis', 'Døme', '12835401802', '58850321874', '04861751843', '30887901887'];

// Zooming to 200 % on a screen of 1280 × 1024 leaves 640 × 512 of the page's own pixels, and 400 % leaves 320 × 256.
const light = { 'prefers-color-scheme': 'light' };
const dark = { 'prefers-color-scheme': 'dark' };
const calm = { 'prefers-reduced-motion': 'reduce' };
const views = [
  { name: 'light-320', width: 320, height: 800, features: light, axe: true, brief: true },
  { name: 'light-800', width: 800, height: 900, features: light, brief: true },
  { name: 'light-1400', width: 1400, height: 900, features: light, axe: 'whole', brief: true },
  { name: 'dark-320', width: 320, height: 800, features: dark, axe: 'whole', brief: true },
  { name: 'dark-800', width: 800, height: 900, features: dark, brief: true },
  { name: 'dark-1400', width: 1400, height: 900, features: dark, axe: true, brief: true },
  { name: 'zoom-200', width: 640, height: 512, scale: 2, features: calm, shot: false },
  { name: 'zoom-400', width: 320, height: 256, scale: 4, features: calm, shot: false, brief: true },
  { name: 'text-200', width: 1280, height: 1024, text: '200%', features: calm },
  { name: 'forced-colours', width: 1280, height: 1024, features: { ...dark, 'forced-colors': 'active' } },
  { name: 'print', width: 794, height: 1123, features: light, media: 'print' },
];

/** A walk: a browser, what it has looked at, and what is wrong. `out` is where screenshots and the list of visited pages are left. */
export class Walk {
  static async begin(name, base, out) {
    const browser = await puppeteer.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      headless: true,
      defaultViewport: { width: 1280, height: 900 },
      acceptInsecureCerts: true,
      args: ['--no-sandbox', '--force-color-profile=srgb', '--ignore-certificate-errors', '--lang=nb-NO'],
    });
    return new Walk(name, base, out, browser);
  }

  constructor(name, base, out, browser) {
    Object.assign(this, { name, base, out, browser, problems: new Set(), visited: new Set(), steps: 0 });
  }

  /** Another person at another machine: a page with cookies of its own. A page of such a browser may be asked for as well. */
  async person({ languages = 'nb-NO,nb', script = true } = {}) {
    const page = await (await this.browser.createBrowserContext()).newPage();
    await page.setBypassCSP(true); // Only for axe: the pages themselves run under their own policy in the router's tests.
    await page.setExtraHTTPHeaders({ 'accept-language': languages });
    await page.setJavaScriptEnabled(script);
    page.on('console', (said) => { if (said.type() === 'error' && !/status of [45]\d\d/.test(said.text())) this.problems.add(`console: ${said.text()} at ${page.url()}`); });
    page.on('pageerror', (error) => this.problems.add(`script: ${error.message}`));
    page.on('request', (asked) => { if (!asked.url().startsWith(this.base) && !/^(data|blob):/.test(asked.url())) this.problems.add(`asks elsewhere: ${asked.url()}`); });
    return page;
  }

  /** Uses a one-time link, and is signed in. */
  async signIn(page, link) {
    await page.goto(link);
    for (const field of await page.$$('input[type=password]')) await field.type(password);
    await this.press(page, 'main form:not([data-passkey]) button[type=submit]');
    // Those who see to a unit begin with its numbers; the walks begin in the list.
    const place = new URL(page.url()).pathname;
    this.expect(['/', '/oversikt'].includes(place), `the first link leads in, not to ${page.url()}`);
    if (place !== '/') await this.visit(page, '/');
  }

  /** A part of a walk that shows something by itself: when it breaks off, the rest goes on. */
  async part(what, walked) {
    try {
      await walked();
    } catch (error) {
      this.problems.add(`${what}: broke off: ${error.stack}`);
    }
  }

  expect(holds, what) {
    this.steps += 1;
    if (!holds) this.problems.add(what);
  }

  /** Goes to a page of the inbox. */
  async visit(page, place) {
    const answer = await page.goto(place.startsWith('http') ? place : this.base + place, { timeout: 60000 });
    return answer?.status();
  }

  /** What is not a page (a table, a file): asked for as the page would, with its cookies. */
  async take(page, place) {
    this.visited.add(new URL(place, this.base).pathname);
    return page.evaluate(async (it) => {
      const answer = await fetch(it);
      return { status: answer.status, kind: answer.headers.get('content-type') ?? '', text: await answer.text() };
    }, new URL(place, this.base).href);
  }

  /** Presses what leads to another page. */
  async press(page, selector) {
    const there = page.waitForNavigation();
    there.catch(() => {}); // When there is nothing to press, that is what is told.
    await (typeof selector === 'string' ? page.click(selector) : selector.click());
    await there;
  }

  /** Presses the button or link in `main` with these words, and tells whether there was one. */
  async choose(page, words) {
    const found = await page.evaluateHandle((it) => [...document.querySelectorAll('main a, main button')].find((one) => one.textContent.trim().startsWith(it)), words);
    if (!found.asElement()) {
      this.problems.add(`there is no «${words}» at ${page.url()}`);
      return false;
    }
    await this.press(page, found.asElement());
    return true;
  }

  /** Fills in a form by the ids of its fields: a choice by its value, a box or a radio by `true`. */
  async fill(page, answers) {
    for (const [id, value] of Object.entries(answers)) {
      const field = await page.$(`#${id}`);
      if (!field) {
        this.problems.add(`there is no field #${id} at ${page.url()}`);
        continue;
      }
      const kind = await field.evaluate((it) => (it.tagName === 'SELECT' ? 'select' : it.type));
      // What is chosen already is not asked.
      if (kind === 'hidden') continue;
      if (kind === 'select') await page.select(`#${id}`, value);
      else if (value === true) await field.click();
      else if (kind === 'date') await field.evaluate((it, day) => { it.value = day; }, value);
      else {
        await field.evaluate((it) => { it.value = ''; });
        await field.type(value);
      }
    }
  }

  /** As `fill`, on the page of an act: its fields have ids of their own. */
  fillAct(page, answers) {
    return this.fill(page, Object.fromEntries(Object.entries(answers).map(([name, value]) => [`act-${name}`, value])));
  }

  text(page) {
    return page.evaluate(() => document.body.innerText);
  }

  /** Judges what is on the screen. */
  async look(page, name) {
    this.steps += 1;
    const at = (what) => this.problems.add(`${name}: ${what}`);
    this.visited.add(new URL(page.url()).pathname);
    for (const value of personal) {
      if (decodeURIComponent(page.url()).includes(value) || (await page.title()).includes(value)) at(`${value} in address or title`);
    }
    const twice = await page.evaluate(() => {
      const ids = [...document.querySelectorAll('[id]')].map((it) => it.id);
      return ids.filter((it, at) => ids.indexOf(it) !== at);
    });
    if (twice.length > 0) at(`the ids ${twice} stand twice`);
    const session = await page.createCDPSession();
    const brief = process.env.MELDEPORT_LOOK === 'brief';
    for (const view of views.filter((it) => !brief || it.brief)) {
      const features = Object.entries(view.features).map(([name, value]) => ({ name, value }));
      await session.send('Emulation.setEmulatedMedia', { media: view.media ?? '', features });
      await page.setViewport({ width: view.width, height: view.height, deviceScaleFactor: view.scale ?? 1 });
      await page.evaluate((size) => { document.documentElement.style.fontSize = size ?? ''; }, view.text);
      if (view.shot !== false) await page.screenshot({ path: path.join(this.out, `${name}-${view.name}.png`), fullPage: true });
      const { over, moves, shown } = await page.evaluate(() => ({
        over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        moves: document.getAnimations().length,
        shown: [...document.querySelectorAll('header.top, footer.foot, .no-print, form button')].some((it) => it.offsetParent !== null && !it.closest('.screen')),
      }));
      if (over > 0) at(`${view.name}: ${over} px too wide`);
      if (view.features === calm && moves > 0) at(`${view.name}: something moves`);
      if (view.media === 'print' && shown) at('what can only be clicked is on paper');
      if (!view.axe || (brief && view.axe === 'whole')) continue;
      const found = await page.evaluate(async (source) => {
        if (!window.axe) (0, eval)(source);
        return window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
      }, axe);
      for (const it of found.violations) at(`${view.name}: ${it.id} at ${it.nodes.map((node) => node.target).slice(0, 3).join(' and ')}`);
    }
    await session.send('Emulation.setEmulatedMedia', { media: '', features: [] });
    await session.detach();
    await page.evaluate(() => { document.documentElement.style.fontSize = ''; });
    for (const width of brief ? [1400] : [320, 1400]) await this.tab(page, name, width);
  }

  /** Walks through the page by Tab: it comes to everything, in the page's order, and where it is can be seen and is not covered. */
  async tab(page, name, width) {
    const at = (what) => this.problems.add(`${name}, by Tab at ${width} px: ${what}`);
    await page.setViewport({ width, height: 700 });
    const wanted = await page.evaluate(() => {
      const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, object, embed, [tabindex]')];
      const can = all.filter((it) => it.tabIndex >= 0 && !it.disabled && it.type !== 'hidden' && it.checkVisibility({ visibilityProperty: true }));
      if (can.some((it) => it.tabIndex > 0)) return -1;
      const groups = new Set();
      window.stops = can.filter((it) => it.type !== 'radio' || (!groups.has(it.name) && groups.add(it.name)));
      window.scrollTo(0, 0);
      document.body.tabIndex = -1;
      document.body.focus();
      document.body.removeAttribute('tabindex');
      return window.stops.length;
    });
    if (wanted < 0) return at('an order of its own (tabindex above 0)');
    let before = -1;
    const come = new Set();
    // A field for a date is four stops in one.
    for (let i = 0; i < wanted * 4 + 5; i += 1) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const it = document.activeElement;
        if (!it || it === document.body || it === document.documentElement) return null;
        const index = window.stops.findIndex((one) => one === it || (one.type === 'radio' && one.name === it.name));
        const style = getComputedStyle(it);
        const box = it.getBoundingClientRect();
        const middle = document.elementFromPoint(Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1), Math.min(Math.max(box.top + Math.min(box.height, innerHeight) / 2, 0), innerHeight - 1));
        const covered = middle && !it.contains(middle) && !middle.contains(it) && !middle.closest('label') && ['fixed', 'sticky'].includes(getComputedStyle(middle.closest('.case-bar, .session-ends, .skip, thead') ?? middle).position);
        const label = `${it.tagName.toLowerCase()} «${(it.textContent || it.name || it.id || '').trim().slice(0, 30)}»`;
        return { index, label, seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, outside: box.bottom < 0 || box.top > innerHeight, covered };
      });
      if (!stop) break;
      if (stop.index < 0) {
        at(`comes to ${stop.label}, which is no stop`);
        continue;
      }
      if (stop.index < before) {
        if (stop.index === 0) break;
        at(`goes back to ${stop.label}`);
        break;
      }
      before = stop.index;
      come.add(stop.index);
      if (!stop.seen) at(`the focus of ${stop.label} is not seen`);
      if (stop.outside) at(`${stop.label} is outside the window`);
      if (stop.covered) at(`${stop.label} is covered`);
    }
    // What went away meanwhile (the undo, after its ten seconds) need not be come to.
    const missed = await page.evaluate((reached) => window.stops
      .filter((it, index) => !reached.includes(index) && it.isConnected && it.checkVisibility({ visibilityProperty: true }))
      .map((it) => `${it.tagName.toLowerCase()} «${(it.textContent || it.name || it.id || '').trim().slice(0, 30)}»`), [...come]);
    if (missed.length > 0) at(`does not come to ${missed.join(', ')}`);
  }

  /** Tab until the element that fits has the focus. Tab comes to one choice of a group; the arrows to the others. */
  async tabTo(page, selector) {
    const group = await page.$eval(selector, (it) => (it.type === 'radio' ? it.name : null)).catch(() => null);
    const stop = group === null ? selector : `input[type="radio"][name="${group}"]`;
    const isAt = (wanted) => page.evaluate((it) => document.activeElement?.matches(it) ?? false, wanted);
    for (let i = 0; i < 250; i += 1) {
      await page.keyboard.press('Tab');
      if (!(await isAt(stop))) continue;
      for (let choice = 0; choice < 20; choice += 1) {
        if (await isAt(selector)) return true;
        await page.keyboard.press('ArrowDown');
      }
    }
    this.problems.add(`the keyboard does not reach ${selector} at ${page.url()}`);
    return false;
  }

  /** Enter on what has the focus, which leads to another page. */
  async enter(page) {
    await Promise.all([page.waitForNavigation({ timeout: 10000 }), page.keyboard.press('Enter')]);
  }

  /** Fills in with the keyboard alone: text is typed, `true` is the space bar. Then Enter on the form's main button. */
  async fillByKeyboard(page, answers, button = 'main .button.primary') {
    for (const [selector, value] of answers) {
      if (!(await this.tabTo(page, selector))) return;
      if (value === true) await page.keyboard.press('Space');
      else await page.keyboard.type(value);
    }
    if (await this.tabTo(page, button)) await this.enter(page);
  }

  /** Says what came of it, and leaves the list of what was looked at. */
  async end() {
    await this.browser.close();
    fs.writeFileSync(path.join(this.out, `visited-${this.name}.txt`), [...this.visited].sort().join('\n'));
    for (const it of this.problems) console.log(`✗ ${this.name}: ${it}`);
    console.log(`${this.name}: ${this.steps} looked at, ${this.problems.size} problems`);
    process.exitCode = this.problems.size === 0 ? 0 : 1;
  }
}

/** For walks that judge by themselves: a browser and a page in bokmål. `problems` gets every error in the console and everything that is
 * asked of another place than `base`. Pages that were visited are written down for `covered.mjs`, beside the screenshots. */
export async function open(base, problems, { bypassCSP }) {
  const name = path.basename(process.argv[1], '.mjs');
  const walk = await Walk.begin(name, base, process.argv.at(-1));
  const page = await walk.person();
  await page.setBypassCSP(bypassCSP);
  page.on('response', (answer) => { if (answer.request().isNavigationRequest() && answer.request().method() === 'GET') walk.visited.add(new URL(answer.url()).pathname); });
  process.on('exit', () => {
    for (const it of walk.problems) problems.add(it);
    fs.writeFileSync(path.join(walk.out, `visited-${name}.txt`), [...walk.visited].sort().join('\n'));
  });
  return { browser: walk.browser, page };
}
