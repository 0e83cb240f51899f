// The first page: what a citizen finds on it without looking for it.

import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { test } from "node:test";
import { browser, fileBase, patience, sites } from "../site.js";

const phone = { width: 360, height: 740 };

// below names the selectors whose first element is not in the first screen. Of a
// long entry the first line will do.
const below = (page, selectors) =>
  page.evaluate(
    ([wanted, height]) => wanted.filter((selector) => {
      const box = document.querySelector(selector)?.getBoundingClientRect();
      return !box || box.height === 0 || Math.min(box.bottom, box.top + 36) > height;
    }),
    [selectors, phone.height],
  );

for (const site of sites()) {
  test(`${site.folder} keeps the budgets of a page`, () => {
    const size = (file) => gzipSync(site.read(file), { level: 9 }).length;
    const heavy = [];
    for (const file of site.pages.filter((page) => /^issues\/\d/.test(page))) {
      if (size(file) > 8 << 10) heavy.push(`${file}: ${size(file)}`);
    }
    const sum = (pattern) => [...site.files].filter((file) => pattern.test(file)).reduce((n, file) => n + size(file), 0);
    const css = sum(/^assets\/.*\.css$/);
    const js = sum(/^assets\/(?!search).*\.js$/);
    if (css > 12 << 10) heavy.push(`CSS: ${css}`);
    if (js > 6 << 10) heavy.push(`JS: ${js}`);
    console.log(`# ${site.folder}: CSS ${css}, JS ${js} bytes, gzip`);
    assert.ok(css > 0 && js > 0);
    assert.deepEqual(heavy, []);
  });

  test(`the first screen of ${site.folder} on a telephone says what it is, whose, as of when, how far, and where to look`, async (t) => {
    const [, asOf, days] = /data-as-of="?([\d-]+)"? data-stale="?(\d+)/.exec(site.read("index.html"));
    const old = new Date(new Date(`${asOf}T12:00:00`).getTime() + (+days + 1) * 86_400_000);
    for (const [now, banner] of [[new Date(`${asOf}T12:00:00`), false], [old, true]]) {
      const context = await (await browser()).newContext({ viewport: phone });
      t.after(() => context.close());
      context.setDefaultTimeout(patience);
      const page = await context.newPage();
      await page.clock.setFixedTime(now);
      await page.goto(fileBase(site) + "index.html");
      assert.equal(await page.locator(".civic-stale").isVisible(), banner);
      const single = (await page.locator(".civic-home--many").count()) === 0;
      assert.deepEqual(
        await below(page, [
          "h1", ".civic-header__unit", ".civic-search__input", ".civic-menu", ".civic-home__as-of", ".civic-bar", ".civic-legend",
          ...(single ? [".civic-figures", ".civic-home__quote", ".civic-sections__item"] : [".civic-report-card__title"]),
        ]),
        [],
        banner ? "with the banner of old data" : "",
      );
    }
  });

  test(`the first page of ${site.folder} sets declared totals with their sentence beside the published ones, for each report`, async (t) => {
    const context = await (await browser()).newContext({ viewport: phone });
    t.after(() => context.close());
    const page = await context.newPage();
    await page.goto(fileBase(site) + "index.html");
    for (const report of site.pages.filter((file) => /^reports\/[^/]+\/index\.html$/.test(file))) {
      await page.goto(fileBase(site) + report);
      const quotes = await page.locator(".civic-table__quote q").allTextContents();
      await page.goto(fileBase(site) + "index.html");
      const home = await page.locator("main").textContent();
      for (const quote of quotes) assert.ok(home.includes(quote), `${report} declares: ${quote}`);
    }
    const cards = await page.locator(".civic-report-card, .civic-home__standing").filter({ has: page.locator(".civic-figures") });
    assert.ok((await cards.locator(".civic-figures__declared").count()) >= (await cards.count()));
  });

  test(`the first page of ${site.folder} leads to a page once, but for what happened last`, async (t) => {
    const context = await (await browser()).newContext({ viewport: phone });
    t.after(() => context.close());
    const page = await context.newPage();
    await page.goto(fileBase(site) + "index.html");
    const parts = await page.locator("main section").evaluateAll((all) =>
      all.filter((part) => !part.matches("[aria-labelledby=latest], [aria-labelledby=follow-ups]") && !part.parentElement.closest("section")).map((part) => [...part.querySelectorAll("a")].map((a) => a.href)),
    );
    const links = parts.flat();
    assert.ok(links.length > 5);
    assert.deepEqual(links.filter((href, i) => links.indexOf(href) !== i), []);
  });

  test(`the first screen of a search on ${site.folder} holds what was found`, async (t) => {
    const context = await (await browser()).newContext({ viewport: phone });
    t.after(() => context.close());
    context.setDefaultTimeout(patience);
    const page = await context.newPage();
    await page.goto(`${fileBase(site)}search.html#q=整改`);
    await page.locator("a[data-result]").first().waitFor();
    assert.deepEqual(await below(page, ["h1", "main .civic-search__input", "[data-sort]", "[role=status]", "a[data-result]"]), []);
  });
}

// “What was done about the opera house shops” is one of the real portal's
// issues. One step is a press on a link.
const real = sites().find((site) => site.pages.includes("reports/binhai-wl-2024/index.html"));
test("塘沽大剧院 is found from the first page in two steps, with a script and without", { skip: !real && !process.env.CI }, async (t) => {
  for (const javaScriptEnabled of [true, false]) {
    const context = await (await browser()).newContext({ viewport: phone, javaScriptEnabled });
    t.after(() => context.close());
    context.setDefaultTimeout(patience);
    const page = await context.newPage();
    await page.goto(fileBase(real) + "index.html");
    const promise = page.locator("li").filter({ hasText: "塘沽大剧院" });
    await promise.getByRole("link").first().click();
    assert.match(await page.locator("article[data-issue]").textContent(), /塘沽大剧院/);
  }
});
