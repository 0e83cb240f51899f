// What readers do with a page: by keyboard, and remembered from page to page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, fileBase, patience, serve, sites } from "../site.js";

const phone = { width: 360, height: 740 };
const desk = { width: 1280, height: 800 };

export async function open(t, base, file, options = {}) {
  const context = await (await browser()).newContext({ viewport: desk, ...options });
  t.after(() => context.close());
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  await page.goto(base + file);
  return page;
}

const root = (page, name) => page.evaluate((n) => document.documentElement.getAttribute(n), name);
const fontSize = (page) => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
const focused = (page) => page.evaluate(() => document.activeElement?.outerHTML ?? "");

// tabTo presses Tab until what has the focus matches, as a person would.
async function tabTo(page, selector) {
  for (let i = 0; i < 200; i++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((s) => document.activeElement?.matches(s), selector)) return;
  }
  assert.fail(`Tab does not come to ${selector}; it is at ${await focused(page)}`);
}

for (const site of sites()) {
  const base = fileBase(site);

  test(`the first Tab on ${site.folder} offers to skip to the text`, async (t) => {
    const page = await open(t, base, site.kinds.issue);
    await page.keyboard.press("Tab");
    assert.match(await focused(page), /civic-skip/);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.getElementById("main").contains(document.activeElement)));
  });

  test(`the text of ${site.folder} grows in three steps, stays so, and does not flash`, async (t) => {
    const { base: served, close } = await serve(site, "/a/b/");
    t.after(close);
    const page = await open(t, served, site.kinds.issue);
    const sizes = [await fontSize(page)];
    for (const step of ["2", "3"]) {
      await tabTo(page, `[data-set-size="${step}"]`);
      await page.keyboard.press("Enter");
      sizes.push(await fontSize(page));
    }
    assert.deepEqual(sizes, [16, 20, 24]);
    assert.equal(await page.locator('[aria-pressed="true"]').first().getAttribute("data-set-size"), "3");
    // The next page has the mark before it has a body to show.
    await page.addInitScript(() => {
      new MutationObserver((changes, observer) => {
        if (!document.body) return;
        window.sizeAtBody = document.documentElement.getAttribute("data-size");
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto(served + site.kinds.home);
    assert.equal(await page.evaluate(() => window.sizeAtBody), "3");
    assert.equal(await fontSize(page), 24);
    await page.click('[data-set-size="1"]');
    assert.equal(await root(page, "data-size"), null);
    await page.reload();
    assert.equal(await fontSize(page), 16);
  });

  test(`high contrast on ${site.folder} is a switch that is remembered`, async (t) => {
    const { base: served, close } = await serve(site, "/");
    t.after(close);
    const page = await open(t, served, site.kinds.home);
    const button = page.locator("[data-set-contrast]");
    assert.equal(await button.getAttribute("aria-pressed"), "false");
    await button.press("Space");
    assert.equal(await button.getAttribute("aria-pressed"), "true");
    await page.goto(served + site.kinds.issue);
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(0, 0, 0)");
    await button.click();
    assert.equal(await root(page, "data-contrast"), null);
  });

  test(`settings that a browser will not keep hold for the page of ${site.folder}`, async (t) => {
    const page = await open(t, base, "index.html");
    const errors = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.addInitScript(() => {
      Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
    });
    await page.reload();
    await page.click('[data-set-size="2"]');
    assert.equal(await root(page, "data-size"), "2");
    assert.deepEqual(errors, []);
  });

  test(`the menu of ${site.folder} opens and closes by keyboard on a telephone`, async (t) => {
    const page = await open(t, base, site.kinds.issue, { viewport: phone });
    const nav = page.locator("nav#menu");
    const menu = page.locator(".civic-menu");
    assert.equal(await nav.isVisible(), false);
    await tabTo(page, ".civic-menu");
    await page.keyboard.press("Space");
    assert.equal(await nav.isVisible(), true);
    assert.equal(await menu.getAttribute("aria-expanded"), "true");
    await tabTo(page, "nav#menu a");
    await page.keyboard.press("Escape");
    assert.equal(await nav.isVisible(), false);
    assert.match(await focused(page), /civic-menu/);
    await page.keyboard.press("Enter");
    assert.equal(await nav.isVisible(), true);
    await page.keyboard.press("Enter");
    assert.equal(await nav.isVisible(), false);
  });

  test(`the menu of ${site.folder} opens without a script`, async (t) => {
    const page = await open(t, base, site.kinds.issue, { viewport: phone, javaScriptEnabled: false });
    assert.equal(await page.locator("nav#menu").isVisible(), false);
    await page.click(".civic-menu");
    assert.equal(await page.locator("nav#menu").isVisible(), true);
  });

  test(`without a script ${site.folder} shows no button that needs one, and says so`, async (t) => {
    const page = await open(t, base, site.kinds.issue, { javaScriptEnabled: false });
    assert.deepEqual(await page.locator("button:visible").evaluateAll((all) => all.map((e) => e.className)), ["civic-search__button"]);
    assert.equal(await page.locator(".civic-footer__script").isVisible(), true);
  });

  test(`a filter of ${site.folder} is reached and followed by keyboard, with a script and without`, async (t) => {
    for (const javaScriptEnabled of [true, false]) {
      const page = await open(t, base, "issues/index.html", { javaScriptEnabled });
      await tabTo(page, ".civic-filters__link");
      const name = await page.locator(".civic-filters__link").first().textContent();
      const n = await page.locator(".civic-filters__n").first().textContent();
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/status\//);
      assert.match(await page.locator("h1").textContent(), new RegExp(name));
      assert.match(await page.locator("main").textContent(), new RegExp(`共 ${n} 个`));
    }
  });

  test(`lists of ${site.folder} are cards or lines, as the reader likes`, async (t) => {
    const { base: served, close } = await serve(site, "/");
    t.after(close);
    const page = await open(t, served, "issues/index.html");
    const height = () => page.locator(".civic-cards").evaluate((e) => e.getBoundingClientRect().height / e.children.length);
    const cards = await height();
    await page.locator('[data-set-list="lines"]').press("Enter");
    const lines = await height();
    assert.ok(lines < cards, `a line is ${lines} px high, a card ${cards}`);
    await page.reload();
    assert.equal(await page.locator('[data-set-list="lines"]').getAttribute("aria-pressed"), "true");
    assert.equal(await height(), lines);
  });

  test(`the sheet for an opinion of ${site.folder} is printed alone, or behind the page`, async (t) => {
    const page = await open(t, base, site.kinds.issue);
    await page.evaluate(() => {
      window.printed = [];
      window.print = () => window.printed.push(document.documentElement.getAttribute("data-print"));
    });
    for (const what of ["slip", "page"]) {
      await page.click(`[data-print="${what}"]`);
      assert.equal(await root(page, "data-print"), what, "until the sheet is made");
      await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
      assert.equal(await root(page, "data-print"), null);
    }
    assert.deepEqual(await page.evaluate(() => window.printed), ["slip", "page"]);
    assert.equal(await page.locator(".civic-slip").isVisible(), false);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".civic-slip").isVisible(), true);
    assert.equal(await page.locator("main").isVisible(), true);
    await page.evaluate(() => document.documentElement.setAttribute("data-print", "slip"));
    assert.equal(await page.locator(".civic-slip").isVisible(), true);
    assert.equal(await page.locator("main").isVisible(), false);
  });

  test(`an issue of ${site.folder} can be cited by one button`, async (t) => {
    const page = await open(t, base, site.kinds.issue);
    await page.evaluate(() => {
      document.execCommand = (command) => {
        window.copied = `${command}: ${getSelection()}`;
        return true;
      };
    });
    await page.click(".civic-cite__summary");
    const button = page.locator("[data-copy]");
    const before = await button.textContent();
    await button.click();
    const id = /\d{6}/.exec(site.kinds.issue)[0];
    assert.match(await page.evaluate(() => window.copied), new RegExp(`^copy: .*${id}`));
    assert.notEqual(await button.textContent(), before);
  });
}
