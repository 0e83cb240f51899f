// The search as its readers use it: keys, input methods, addresses, filters,
// faults. That its answers are true is for site/search to test.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import axe from "axe-core";
import { browser, fileBase, patience, serve, sites } from "./site.js";

let chromium;
before(async () => {
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
});

const ready = "[role=status][data-state=ready]";

// opened opens a page. Whatever the browser complains of fails the test.
async function opened(t, address, options = {}) {
  const context = await chromium.newContext(options);
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const noise = [];
  page.on("console", (message) => noise.push(message.text()));
  page.on("pageerror", (error) => noise.push(error.message));
  t.after(async () => {
    await context.close();
    assert.deepEqual(noise.filter((text) => !/net::ERR_/.test(text)), []);
  });
  await page.goto(address);
  return page;
}

async function served(t, site, path = "/a/b/") {
  const { base, close } = await serve(site, path);
  t.after(close);
  return base;
}

const state = (page) => page.locator("[role=status]").evaluate((e) => ({ ...e.dataset, text: e.textContent }));
const results = (page) => page.locator("a[data-result]").evaluateAll((all) => all.map((a) => a.getAttribute("href").replace(/#.*/, "")));
const focused = (page) => page.evaluate(() => document.activeElement.name || (document.activeElement.matches("a[data-result]") ? document.activeElement.textContent : document.activeElement.tagName));

const all = sites();
const [site] = all;

test("the script is at most 6 KB after gzip", () => {
  const [script] = [...site.files].filter((file) => /^assets\/search\.[^/]*\.js$/.test(file));
  assert.ok(gzipSync(site.read(script)).length <= 6 * 1024);
});

for (const [name, start] of [["a folder", async (t) => fileBase(site)], ["a sub-path", (t) => served(t, site)]]) {
  test(`what is typed is found while it is typed, from ${name}`, async (t) => {
    const page = await opened(t, (await start(t)) + "search.html");
    assert.equal((await state(page)).state, "idle");
    await page.locator("input[name=q]").pressSequentially("养老金");
    await page.waitForSelector(ready);
    const { count, text } = await state(page);
    assert.equal(count, String((await results(page)).length));
    assert.match(text, new RegExp(count));
    assert.ok(Number(count) > 0);
    for (const item of await page.locator("[data-search] ol > li").all()) {
      assert.equal(await item.locator("mark").first().textContent(), "养老金");
    }
  });
}

test("nothing is searched for while an input method composes", async (t) => {
  const page = await opened(t, (await served(t, site)) + "search.html");
  const asked = [];
  page.on("request", (request) => /\/search\/[ab]\//.test(request.url()) && asked.push(request.url()));
  await page.focus("input[name=q]");
  const keys = await page.context().newCDPSession(page);
  for (const text of ["y", "ya", "yang", "yang lao"]) {
    await keys.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    await page.waitForTimeout(400);
  }
  assert.deepEqual([asked, (await state(page)).state, await page.inputValue("input[name=q]")], [[], "idle", "yang lao"]);
  await keys.send("Input.insertText", { text: "养老" });
  await page.waitForSelector(ready);
  assert.ok(Number((await state(page)).count) > 0);
  assert.equal(new URL(page.url()).hash, "#" + new URLSearchParams({ q: "养老" }));
});

test("everything can be done with the keyboard", async (t) => {
  const page = await opened(t, (await served(t, site)) + "search.html");
  await page.keyboard.press("/");
  assert.equal(await focused(page), "q");
  await page.keyboard.type("整改");
  await page.waitForSelector(ready);
  const titles = await page.locator("a[data-result]").allTextContents();
  assert.equal(titles.length, 10);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(page), titles[1]);
  await page.keyboard.press("ArrowUp");
  assert.equal(await focused(page), titles[0]);
  await page.keyboard.press("Escape");
  assert.equal(await focused(page), "q");
  assert.equal(await page.inputValue("input[name=q]"), "整改");
  await page.locator("[data-more]").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll("a[data-result]").length > 10);
  assert.equal(await focused(page), (await page.locator("a[data-result]").allTextContents())[10]);
  const href = await page.evaluate(() => document.activeElement.href);
  await page.keyboard.press("Enter");
  await page.waitForURL(href);
  await page.waitForSelector("main mark");
  await page.goBack();
  await page.waitForSelector(ready);
  await page.keyboard.press("/");
  await page.keyboard.press("Escape");
  assert.equal((await state(page)).state, "idle");
  assert.equal(await page.inputValue("input[name=q]"), "");
});

test("the box of every page shows the first finds and leads to the rest", async (t) => {
  const base = await served(t, site);
  const page = await opened(t, base + site.kinds.section);
  const panel = page.locator("[data-search]");
  await page.keyboard.press("/");
  assert.equal(await panel.isVisible(), false);
  await page.keyboard.type("整改");
  await page.waitForSelector(ready);
  assert.equal((await results(page)).length, 5);
  await page.keyboard.press("Escape");
  assert.equal(await panel.isVisible(), false);
  await page.keyboard.press("Enter");
  await page.waitForURL(/search\.html#q=/);
  await page.waitForSelector(ready);
  assert.equal((await results(page)).length, 10);
});

test("a find opens with its words marked, in folds too", async (t) => {
  const base = await served(t, site);
  const page = await opened(t, base + site.kinds.issue);
  const [fold] = await page.locator("main details:not([open])").all();
  const text = fold && (await fold.evaluate((e) => [...e.children].slice(1).map((c) => c.textContent).join("").replace(/\s/g, "").slice(0, 6)));
  for (const words of ["整改", text].filter(Boolean)) {
    await page.goto("about:blank");
    await page.goto(base + site.kinds.issue + "#" + new URLSearchParams({ q: words }));
    const first = page.locator("main mark").first();
    await first.waitFor();
    assert.ok(await first.isVisible());
  }
});

test("an address brings its state back", async (t) => {
  const base = await served(t, site);
  const page = await opened(t, base + "search.html?q=" + encodeURIComponent("整改"));
  await page.waitForSelector(ready);
  assert.equal(await page.inputValue("input[name=q]"), "整改");
  await page.click("[data-more]");
  await page.waitForFunction(() => document.querySelectorAll("a[data-result]").length > 10);
  await page.waitForSelector(ready);
  await page.selectOption("[data-sort]", "date");
  await page.waitForFunction(() => document.querySelectorAll("a[data-result]").length === 10);
  await page.waitForSelector(ready);
  const fold = page.locator("[data-filter]:visible").first();
  await fold.locator("summary").click();
  const value = fold.locator("button").first();
  await value.waitFor();
  const wanted = (await value.textContent()).match(/\d+$/)[0];
  await value.click();
  await page.waitForFunction((n) => document.querySelector("[role=status][data-state=ready]")?.dataset.count === n, wanted);
  const before = [await results(page), (await state(page)).count];
  const address = page.url();
  const other = await opened(t, address);
  await other.waitForSelector(ready);
  assert.deepEqual([await results(other), (await state(other)).count], before);
  assert.equal(await other.inputValue("[data-sort]"), "date");
  // Within an open page, too.
  await other.evaluate(() => (location.hash = "q=" + encodeURIComponent("养老金")));
  await other.waitForFunction(() => /养老金/.test(document.querySelector("ol mark")?.textContent));
});

test("who finds nothing is told which word is nowhere, and similar titles", async (t) => {
  const page = await opened(t, (await served(t, site)) + "search.html");
  await page.fill("input[name=q]", "整改 鑫焱龘");
  await page.waitForSelector("[data-help] p");
  assert.equal((await state(page)).count, "0");
  const help = await page.locator("[data-help]").textContent();
  assert.ok(help.includes("鑫焱龘") && !help.includes("整改、"), help);
  const title = /<h1[^>]*>([^<]+)</.exec(site.read(site.kinds.issue))[1].trim();
  const wrong = title.slice(0, 4) + "鑫" + title.slice(4);
  await page.fill("input[name=q]", wrong);
  await page.waitForFunction((title) => document.querySelector("[data-help]").textContent.includes(title), title);
});

test("a file that does not come is said, and not taken for nothing", async (t) => {
  const page = await opened(t, (await served(t, site)) + "search.html");
  await page.route(/\/search\/[ab]\//, (route) => route.abort());
  await page.fill("input[name=q]", "养老金");
  await page.waitForSelector("[role=status][data-state=error]");
  assert.deepEqual(await results(page), []);
  await page.unroute(/\/search\/[ab]\//);
  await page.click("[data-act]");
  await page.waitForSelector(ready);
  assert.ok(Number((await state(page)).count) > 0);
  assert.equal(await page.locator("[data-act]").isVisible(), false);
  await page.context().setOffline(true);
  await page.fill("input[name=q]", "党建引领");
  await page.waitForSelector("[role=status][data-state=error]");
  await page.context().setOffline(false);
  await page.click("[data-act]");
  await page.waitForSelector(ready);
});

test("a file that is slow is said, and its answer still counts", async (t) => {
  const page = await opened(t, (await served(t, site)) + "search.html");
  const held = [];
  let slow = true;
  await page.route(/\/search\/[ab]\//, (route) => (slow ? held.push(route) : route.continue()));
  await page.fill("input[name=q]", "养老金");
  await page.waitForSelector("[data-act]:not([hidden])");
  assert.equal((await state(page)).state, "busy");
  slow = false;
  for (const route of held) await route.continue();
  await page.waitForSelector(ready);
  assert.ok(Number((await state(page)).count) > 0);
});

test("files are found where an archive knows no queries", async (t) => {
  const page = await opened(t, (await served(t, site)) + "search.html");
  await page.route(/\/search\/.*\?/, (route) => route.abort());
  await page.fill("input[name=q]", "养老金");
  await page.waitForSelector(ready);
  assert.ok(Number((await state(page)).count) > 0);
});

test("an older answer never comes after a newer one", async (t) => {
  const page = await opened(t, (await served(t, site)) + "search.html#q=" + encodeURIComponent("养老金"));
  await page.waitForSelector(ready);
  const right = await results(page);
  const held = [];
  await page.route(/\/search\/[abd]\//, (route) => held.push(route));
  await page.fill("input[name=q]", "党建引领文化");
  while (held.length === 0) await page.waitForTimeout(20);
  await page.fill("input[name=q]", "养老金");
  await page.waitForSelector(ready);
  for (const route of held) await route.continue();
  await page.waitForTimeout(300);
  assert.deepEqual(await results(page), right);
});

test("without JavaScript the search page says where to look", async (t) => {
  const page = await opened(t, (await served(t, site)) + "search.html?q=x", { javaScriptEnabled: false });
  assert.ok(await page.locator("main noscript p").isVisible());
  assert.ok((await page.locator("[aria-labelledby=lists] a").count()) > 3);
  assert.equal(await page.locator("[data-tools]").isVisible(), false);
});

for (const { colorScheme, width } of [{ colorScheme: "light", width: 360 }, { colorScheme: "dark", width: 1280 }]) {
  test(`the search is accessible in every state, ${colorScheme}, ${width} px`, async (t) => {
    const wrong = [];
    const base = await served(t, all[all.length - 1]);
    const page = await opened(t, base + "search.html", { bypassCSP: true, colorScheme, viewport: { width, height: 800 } });
    const look = async (what) => {
      await page.addScriptTag({ content: axe.source });
      const { violations, incomplete } = await page.evaluate(() => globalThis.axe.run({ runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } }));
      for (const { id, nodes } of violations) for (const { target, failureSummary } of nodes) wrong.push(`${what}: ${id}: ${target} ${failureSummary}`);
      // To axe, words in the very colour of their ground are only a matter to be looked at.
      for (const { target, any } of incomplete.flatMap(({ nodes }) => nodes)) if (any.some(({ data }) => data?.messageKey === "equalRatio")) wrong.push(`${what}: ${target} has the colour of its ground`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) wrong.push(`${what}: ${wide} px wide`);
    };
    await look("idle");
    await page.fill("input[name=q]", "整改");
    await page.waitForSelector(ready);
    await look("results");
    for (const fold of await page.locator("[data-filter]:visible summary").all()) await fold.click();
    await page.locator("[data-filter]:visible li").first().waitFor();
    await page.waitForSelector(ready);
    await page.locator("[data-filter] button").first().click();
    await page.waitForSelector("[data-filter] [aria-pressed=true]");
    await page.waitForSelector(ready);
    await look("filters");
    await page.goto(base + "search.html?#q=" + encodeURIComponent("整改 鑫焱龘"));
    await page.waitForSelector("[data-help] p");
    await look("nothing");
    await page.route(/\/search\/[ab]\//, (route) => route.abort());
    await page.goto(base + "search.html?again#q=" + encodeURIComponent("示例")); // with nothing loaded yet
    await page.waitForSelector("[role=status][data-state=error]");
    await look("error");
    await page.unroute(/\/search\/[ab]\//);
    await page.goto(base + all[all.length - 1].kinds.section);
    await page.fill("input[name=q]", "整改");
    await page.waitForSelector(ready);
    await look("panel");
    await page.press("input[name=q]", "ArrowDown");
    const [ring, ground] = await page.evaluate(() => [getComputedStyle(document.activeElement).outlineColor, getComputedStyle(document.querySelector("[data-search]")).backgroundColor]);
    if (ring === ground) wrong.push("panel: the ring of the focus has the colour of its ground");
    assert.deepEqual(wrong, []);
  });
}
