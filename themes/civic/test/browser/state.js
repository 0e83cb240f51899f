// What a page says of its own time: by the browser's clock, and in an archived
// copy; and the question before a link leads away.

import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, fileBase, patience, serve, sites } from "../site.js";

async function at(t, day, options = {}) {
  const context = await (await browser()).newContext({ viewport: { width: 1280, height: 800 }, ...options });
  t.after(() => context.close());
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  if (day) await page.clock.setFixedTime(new Date(`${day}T12:00:00`));
  return page;
}

const later = (day, days) => {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
};

for (const site of sites()) {
  const base = fileBase(site);
  const early = /data-as-of="?([\d-]+)"? data-stale="?(\d+)/.exec(site.read("index.html"));
  const [, asOf, days] = early;

  test(`${site.folder} says that its data are old when they are, and not a day before`, async (t) => {
    for (const [day, old] of [[later(asOf, +days), false], [later(asOf, +days + 1), true]]) {
      const page = await at(t, day);
      await page.goto(base + site.kinds.home);
      assert.equal(await page.locator(".civic-stale").isVisible(), old, day);
    }
  });

  test(`${site.folder} says of a day that it has passed only after it`, async (t) => {
    const file = site.pages.find((page) => /^follow-ups/.test(page) && site.read(page).includes("data-watch"));
    const page = await at(t);
    await page.goto(base + file);
    const due = await page.locator("[data-watch]").first().getAttribute("data-watch");
    for (const [day, passed] of [[due, false], [later(due, 1), true]]) {
      const one = await at(t, day);
      await one.goto(base + file);
      const first = one.locator("[data-watch]").first();
      assert.equal(await first.isVisible(), passed, day);
      // Not both that it is to come and that it is over.
      const open = first.locator("xpath=preceding-sibling::*[contains(@class, 'civic-due--open')]");
      if (await open.count()) assert.equal(await open.isVisible(), !passed, day);
    }
  });

  test(`an archived copy of ${site.folder} shows its mark, and nothing that only a living site can say`, async (t) => {
    const { base: served, close } = await serve(site, "/");
    t.after(close);
    const page = await at(t, "2040-01-01");
    await page.route("**/state.css", (route) =>
      route.fulfill({ contentType: "text/css", body: ':root{--archived:block;--archived-on:"2025-03-01";--live:none}' }),
    );
    for (const file of [site.kinds.home, site.pages.find((p) => /^follow-ups/.test(p) && site.read(p).includes("data-watch"))]) {
      await page.goto(served + file);
      const mark = page.locator(".civic-archived");
      assert.equal(await mark.isVisible(), true);
      assert.equal(await page.locator(".civic-archived__day").evaluate((e) => getComputedStyle(e, "::after").content), '"2025-03-01"');
      assert.equal(await page.locator(".civic-stale").isVisible(), false);
      assert.equal(await page.locator("[data-watch]").filter({ visible: true }).count(), 0);
      assert.equal(await page.locator(".civic-due--open").filter({ visible: false }).count(), 0, "what the data say of days stays");
    }
    await page.unroute("**/state.css");
    await page.goto(served + site.kinds.home);
    assert.equal(await page.locator(".civic-archived").isVisible(), false);
  });

  test(`${site.folder} asks before it leads to another host, but not to a government's`, async (t) => {
    const page = await at(t);
    const asked = [];
    await page.route(/^https?:/, (route) => {
      asked.push(new URL(route.request().url()).hostname);
      return route.fulfill({ contentType: "text/html", body: "<title>outside</title>" });
    });
    await page.goto(base + site.kinds.home);
    const place = (href) =>
      page.evaluate((to) => {
        document.getElementById("probe")?.remove();
        const a = document.createElement("a");
        a.id = "probe";
        a.href = to;
        a.textContent = to;
        document.querySelector("main").prepend(a);
        a.focus();
      }, href);
    const dialog = page.locator("dialog[open]");

    await place("https://other.example.net/x");
    await page.keyboard.press("Enter");
    await dialog.waitFor();
    assert.match(await dialog.textContent(), /other\.example\.net/);
    assert.ok(await page.evaluate(() => document.querySelector("dialog").contains(document.activeElement)));
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    assert.equal(await page.evaluate(() => document.activeElement.id), "probe", "the focus comes back");
    assert.deepEqual(asked, []);

    await page.keyboard.press("Enter");
    await dialog.waitFor();
    await page.keyboard.press("Enter"); // the first button stays
    await dialog.waitFor({ state: "detached" });
    assert.deepEqual(asked, []);

    await page.keyboard.press("Enter");
    await dialog.waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL("https://other.example.net/x");

    for (const href of ["https://www.gov.cn/", "https://a.b.gov.cn/x"]) {
      await page.goto(base + site.kinds.home);
      await place(href);
      await page.keyboard.press("Enter");
      await page.waitForURL(href);
    }
    await page.goto(base + site.kinds.home);
    await place("https://gov.cn.example.net/");
    await page.keyboard.press("Enter");
    await dialog.waitFor();
  });
}
