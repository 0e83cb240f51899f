// The first page: what a citizen finds on it without looking for it.

import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { test } from "node:test";
import { browser, fileBase, patience, sites } from "../site.js";

const phone = { width: 360, height: 740 };

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
    const asOf = /data-as-of="?([\d-]+)/.exec(site.read("index.html"))[1];
    const context = await (await browser()).newContext({ viewport: phone });
    t.after(() => context.close());
    context.setDefaultTimeout(patience);
    const page = await context.newPage();
    await page.clock.setFixedTime(new Date(`${asOf}T12:00:00`));
    await page.goto(fileBase(site) + "index.html");
    const single = (await page.locator(".civic-home--many").count()) === 0;
    const wanted = [
      "h1", ".civic-header__unit", ".civic-search__input", ".civic-menu", ".civic-home__as-of", ".civic-bar", ".civic-legend",
      ...(single ? [".civic-figures", ".civic-home__quote", ".civic-sections__item"] : [".civic-report-card__title"]),
    ];
    const outside = await page.evaluate(
      ([selectors, height]) => selectors.filter((selector) => {
        const box = document.querySelector(selector)?.getBoundingClientRect();
        // Of a long entry the first line will do.
        return !box || box.height === 0 || Math.min(box.bottom, box.top + 36) > height;
      }),
      [wanted, phone.height],
    );
    assert.deepEqual(outside, []);
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
