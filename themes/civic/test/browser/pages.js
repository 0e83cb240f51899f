// Pages in a real browser without JavaScript: from a folder, from the root of a
// web server, and from a sub-path.

import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, fileBase, patience, serve, sites } from "../site.js";

const phone = { width: 360, height: 740 };
const desk = { width: 1280, height: 800 };

// watched opens pages and notes all that should not happen on them.
async function watched(t, base, viewport = desk) {
  const context = await (await browser()).newContext({ javaScriptEnabled: false, viewport });
  t.after(() => context.close());
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  let noise = [];
  page.on("console", (message) => noise.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => noise.push(`error: ${error.message}`));
  page.on("requestfailed", (request) => noise.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  page.on("response", (response) => response.status() >= 400 && noise.push(`${response.status()}: ${response.url()}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith("data:") && !url.startsWith(new URL("/", base).href)) noise.push(`left the site: ${url}`);
  });
  return {
    page,
    async open(address) {
      noise = [];
      await page.goto(address, { waitUntil: "load" });
      return noise;
    },
    noise: () => noise,
  };
}

// lookAt runs in the page.
function lookAt() {
  const header = document.querySelector(".civic-header__band");
  const attributes = [...document.querySelectorAll("[href], [src], form[action]")];
  return {
    styled: header ? getComputedStyle(header).backgroundColor : "",
    sheets: document.styleSheets.length,
    headings: document.querySelectorAll("h1").length,
    main: document.querySelectorAll("main#main").length,
    tools: document.querySelectorAll(".civic-tools [data-print], .civic-tools [data-read=start]").length / 2,
    wide: document.documentElement.scrollWidth > document.documentElement.clientWidth ? document.documentElement.scrollWidth : 0,
    anchors: document.querySelectorAll("a").length,
    images: [...document.images].filter((image) => !image.complete || image.naturalWidth === 0).map((image) => image.src),
    issues: [...document.querySelectorAll("[data-issue]")].map((e) => [e.tagName, e.dataset.issue]),
    addresses: attributes
      .filter((e) => !e.matches("link[rel=canonical]"))
      .map((e) => new URL(e.getAttribute("href") ?? e.getAttribute("src") ?? e.getAttribute("action"), document.baseURI).href),
  };
}

// onPhone runs in the page: without a script too all fits, is shown, and can be
// pressed.
function onPhone() {
  const { scrollWidth, clientWidth } = document.documentElement;
  const wrong = scrollWidth > clientWidth ? [`${scrollWidth} px wide on a telephone`] : [];
  for (const selector of ["h1", ".civic-menu", "footer"]) {
    if (!document.querySelector(selector)?.getClientRects().length) wrong.push(`no ${selector} on a telephone`);
  }
  for (const e of document.querySelectorAll("main a[href], main summary")) {
    const box = e.getBoundingClientRect();
    if (box.width && (box.right > clientWidth + 1 || box.left < -1)) wrong.push(`“${e.textContent.trim().slice(0, 20)}” sticks out on a telephone`);
  }
  return wrong;
}

// follow says what is wrong with the addresses of a page.
function follow(site, base, addresses) {
  const wrong = [];
  for (const address of addresses) {
    const url = new URL(address);
    if (["mailto:", "tel:", "data:"].includes(url.protocol)) continue;
    if (!url.href.startsWith(new URL("/", base).href)) continue; // another host: a plain link may go there
    const anchor = decodeURIComponent(url.hash.slice(1));
    url.hash = "";
    url.search = "";
    const file = decodeURIComponent(url.href.slice(base.length));
    if (!url.href.startsWith(base) || !site.files.has(file)) wrong.push(`dead link: ${address}`);
    else if (anchor && !site.hasAnchor(file, anchor)) wrong.push(`dead anchor: ${address}`);
  }
  return wrong;
}

for (const site of sites()) {
  const ways = {
    "a folder": async () => ({ base: fileBase(site), close() {} }),
    "the root of a server": () => serve(site, "/"),
    "a sub-path": () => serve(site, "/a/b/c/"),
  };
  for (const [name, start] of Object.entries(ways)) {
    test(`pages of ${site.folder} work from ${name}`, async (t) => {
      const { base, close } = await start();
      t.after(close);
      const view = await watched(t, base);
      const wrong = [];
      for (const file of site.looked) {
        if (file === "404.html") continue; // it has tests of its own
        const found = await view.open(base + file);
        const seen = await view.page.evaluate(lookAt);
        found.push(...follow(site, base, seen.addresses));
        if (seen.styled === "" || seen.styled === "rgba(0, 0, 0, 0)") found.push("shows no styles");
        if (seen.sheets !== 2) found.push(`${seen.sheets} style sheets`);
        if (seen.headings !== 1) found.push(`${seen.headings} elements h1`);
        if (seen.main !== 1) found.push(`${seen.main} elements main#main`);
        found.push(...seen.images.map((image) => `image does not show: ${image}`));
        found.push(...(seen.wide ? [`${seen.wide} px wide on a desk`] : []));
        if (seen.tools !== 1) found.push(`${seen.tools} times the buttons to hear and print it`);
        await view.page.setViewportSize(phone);
        found.push(...(await view.page.evaluate(onPhone)));
        await view.page.setViewportSize(desk);
        const id = /^issues\/(\d+)\.html$/.exec(file)?.[1];
        if (JSON.stringify(seen.issues) !== JSON.stringify(id ? [["ARTICLE", id]] : [])) {
          found.push(`data-issue: ${JSON.stringify(seen.issues)}`);
        }
        wrong.push(...found.map((text) => `${file}: ${text}`));
      }
      assert.deepEqual(wrong, []);
    });

    test(`the search form of ${site.folder} works from ${name}`, async (t) => {
      const { base, close } = await start();
      t.after(close);
      const view = await watched(t, base);
      await view.open(base + site.kinds.section);
      await view.page.fill("input[name=q]", "整改");
      await view.page.click("form[role=search] button");
      await view.page.waitForURL("**?q=*");
      const action = new URL(view.page.url());
      action.search = "";
      assert.ok(site.files.has(action.href.slice(base.length)), `the form leads to ${action.href}`);
      assert.deepEqual(view.noise(), []);
    });
  }

  test(`404.html of ${site.folder} works at any depth`, async (t) => {
    const { bare, root } = site.missing;
    const { base, close } = await serve(site, root);
    t.after(close);
    const view = await watched(t, base);
    for (const address of ["missing.html", "issues/missing.html", "a/b/c/missing.html"]) {
      assert.deepEqual(await view.open(base + address), []);
      const seen = await view.page.evaluate(lookAt);
      assert.equal(seen.headings, 1);
      assert.equal(await view.page.locator("footer").count(), 1);
      if (bare) {
        assert.equal(seen.sheets, 0, "a bare page has no style sheet");
        assert.equal(seen.anchors, 0, "a bare page has no links");
      } else {
        assert.notEqual(seen.styled, "rgba(0, 0, 0, 0)");
        assert.deepEqual(follow(site, base, seen.addresses.filter((a) => !a.includes("#"))), []);
      }
    }
  });

  test(`measures of ${site.folder} read as the full text does`, async (t) => {
    const base = fileBase(site);
    const view = await watched(t, base);
    let source = "";
    for (const file of site.pages.filter((page) => page.endsWith("/text.html"))) {
      await view.open(base + file);
      source += (await view.page.$$eval("[id^='p-']", (all) => all.map((e) => e.textContent))).join("");
    }
    const wrong = [];
    for (const file of site.pages.filter((page) => /^issues\/\d/.test(page))) {
      await view.open(base + file);
      const measures = await view.page.$$eval("article [data-measure]", (all) => all.map((e) => [e.dataset.measure, e.textContent]));
      measures.forEach(([n, text], i) => {
        if (n !== String(i + 1)) wrong.push(`${file}: measure ${i + 1} has data-measure=${n}`);
        if (!source.includes(text)) wrong.push(`${file}: not in the full text: ${text}`);
      });
    }
    assert.deepEqual(wrong, []);
  });
}
