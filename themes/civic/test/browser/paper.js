// Pages on paper: every sheet says where it comes from, links are written out,
// and what is folded on the screen is printed.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { browser, fileBase, patience, serve, sites } from "../site.js";

async function open(t, address, javaScriptEnabled) {
  const context = await (await browser()).newContext({ javaScriptEnabled });
  t.after(() => context.close());
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

// sheets are the texts of the sheets that a printer would put out.
async function sheets(page) {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const { status, stdout, error } = spawnSync("pdftotext", ["-layout", "-", "-"], { input: pdf, maxBuffer: 1 << 26 });
  assert.equal(status, 0, `pdftotext (Debian: poppler-utils) does not run: ${error}`);
  return stdout.toString().split("\f").slice(0, -1).map((sheet) => sheet.replace(/\s+/g, ""));
}

const written = (page, selector) =>
  page.locator(selector).evaluateAll((all) => all.map((a) => [a.href, a.getAttribute("href"), getComputedStyle(a, "::after").content]));

for (const site of sites()) {
  const canonical = /<link rel="?canonical"? href="?([^">]+)/.exec(site.read(site.kinds.issue))?.[1];

  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? "with a script" : "without a script";

    test(`each sheet of ${site.folder} says whose it is, where it stands and of which day, ${how}`, async (t) => {
      const { base, close } = await serve(site, "/a/b/");
      t.after(close);
      const file = site.kinds.issue;
      const page = await open(t, base + file, javaScriptEnabled);
      const printed = await sheets(page);
      assert.ok(printed.length > 2, `${printed.length} sheets`);
      const name = await page.locator(".civic-header__name").textContent();
      // Without an address of its own the page has the one that it came from, or
      // without a script that of its file.
      const address = canonical ?? (javaScriptEnabled ? base + file : file);
      for (const [i, sheet] of printed.entries()) {
        for (const text of [name.trim(), address, /\d{6}/.exec(file)[0], ...(javaScriptEnabled ? ["打印日期：2"] : []), "数据截至2"]) {
          assert.ok(sheet.includes(text.replace(/\s/g, "")), `sheet ${i + 1} of ${file} does not say ${text}`);
        }
      }
      assert.equal(await page.locator(".civic-sheet__qr").count(), canonical ? 1 : 0, "a code needs an address");
    });

    test(`paper of ${site.folder} shows the paragraphs of the source and every other fold, ${how}`, async (t) => {
      const page = await open(t, fileBase(site) + site.kinds.issue, javaScriptEnabled);
      assert.equal(await page.locator("main details[open]").count(), 0);
      const quotes = await page.locator(".civic-quotes__item .civic-quote").allTextContents();
      assert.ok(quotes.length > 0);
      const printed = (await sheets(page)).join("");
      // A foot may stand between two parts of a paragraph: its beginning will do.
      for (const quote of quotes) {
        const start = quote.replace(/\s/g, "").slice(0, 20);
        assert.ok(printed.split(start).length > 2 || /^[（(]/.test(start), `printed once at most: ${start}`);
      }
      assert.equal(await page.locator("main details[open]").count(), 0, "the screen is as it was");
    });
  }

  test(`links of ${site.folder} are written out on paper: whole, or without a script as they stand`, async (t) => {
    const { base, close } = await serve(site, "/a/b/");
    t.after(close);
    for (const javaScriptEnabled of [true, false]) {
      for (const file of [site.kinds.issue, site.kinds.issues, site.kinds.report]) {
        const page = await open(t, base + file, javaScriptEnabled);
        await page.emulateMedia({ media: "print" });
        const links = await written(page, "main a[href]:not([href^='#'], [href^='tel:'], [href^='mailto:'], .civic-main [tabindex='-1'])");
        assert.ok(links.length > 0);
        const own = canonical ? canonical.slice(0, -site.kinds.issue.length) : base;
        for (const [href, as, shown] of links) {
          const whole = href.startsWith(base) ? own + href.slice(base.length) : href;
          assert.equal(shown, `" (${javaScriptEnabled ? whole : as})"`, file);
        }
        await page.emulateMedia({ media: "screen" });
        for (const [, , shown] of await written(page, "main .civic-facts a")) assert.equal(shown, "none");
      }
    }
  });

  test(`what stands in ${site.folder} for telephones and letters leads to the issue`, async (t) => {
    const page = await open(t, fileBase(site) + site.kinds.issue, false);
    const id = /\d{6}/.exec(site.kinds.issue)[0];
    for (const href of await page.locator(".civic-contact__phone").evaluateAll((all) => all.map((a) => [a.getAttribute("href"), a.textContent]))) {
      assert.equal(href[0], `tel:${href[1]}`);
    }
    const mails = await page.locator(".civic-contact__email").evaluateAll((all) => all.map((a) => [a.href, a.textContent]));
    for (const [href, text] of mails) {
      const mail = new URL(href);
      assert.equal(mail.protocol + mail.pathname, `mailto:${text}`);
      assert.match(mail.searchParams.get("subject"), new RegExp(`${id}.*意见`));
    }
    assert.ok(mails.length + (await page.locator(".civic-contact__phone").count()) > 0, "there is a way to write or to call");
    await page.emulateMedia({ media: "print" });
    assert.equal((await page.locator(".civic-slip__number").textContent()).trim(), id);
    const code = page.locator(".civic-slip__qr");
    assert.equal(await code.count(), canonical ? 1 : 0, "a code needs an address");
    if (canonical) assert.ok(await code.evaluate((image) => image.complete && image.naturalWidth > 0 && image.getBoundingClientRect().width >= 76), "at least 2 cm wide");
  });
}
