// A walk in Firefox ESR: the same pages, the same tools, nothing in the console.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, test } from "node:test";
import puppeteer from "puppeteer-core";
import { fileBase, patience, serve, sites } from "../site.js";

const programs = [process.env.FIREFOX, "/usr/bin/firefox-esr", "/usr/bin/firefox"];
let firefox;
before(async () => {
  const executablePath = programs.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error("Firefox is missing: install it (Debian: apt-get install firefox-esr), or set FIREFOX to the program");
  firefox = await puppeteer.launch({ browser: "firefox", executablePath, headless: true, timeout: patience, protocolTimeout: patience });
});
after(async () => {
  await firefox?.close();
});

async function open(t) {
  const page = await firefox.newPage();
  page.setDefaultTimeout(patience);
  const noise = [];
  page.on("console", (message) => noise.push(message.text()));
  page.on("pageerror", (error) => noise.push(error.message));
  t.after(() => page.close());
  return { page, noise };
}

for (const site of sites()) {
  for (const name of ["a folder", "a sub-path"]) {
    test(`pages of ${site.folder} work in Firefox from ${name}`, async (t) => {
      const { base, close } = name === "a folder" ? { base: fileBase(site), close() {} } : await serve(site, "/a/b/");
      t.after(close);
      const { page, noise } = await open(t);
      for (const width of [360, 1280]) {
        await page.setViewport({ width, height: 800 });
        for (const file of Object.values(site.kinds)) {
          if (!file || file === "404.html") continue;
          await page.goto(base + file);
          const seen = await page.evaluate(() => ({
            wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
            styled: getComputedStyle(document.querySelector(".civic-header__band")).backgroundColor,
            script: document.documentElement.hasAttribute("data-script"),
          }));
          assert.equal(seen.wide, false, `${file} scrolls sideways at ${width} px`);
          assert.notEqual(seen.styled, "rgba(0, 0, 0, 0)", `${file} shows no style`);
          assert.equal(seen.script, true, `${file} runs no script`);
        }
      }
      assert.deepEqual(noise, []);
    });
  }

  test(`the tools of ${site.folder} work in Firefox`, async (t) => {
    const { base, close } = await serve(site, "/");
    t.after(close);
    const { page, noise } = await open(t);
    await page.setViewport({ width: 360, height: 740 });
    await page.goto(base + site.kinds.issue);
    const size = () => page.evaluate(() => getComputedStyle(document.body).fontSize);
    await page.locator('[data-set-size="3"]').click();
    assert.equal(await size(), "24px");
    await page.goto(base + site.kinds.home);
    assert.equal(await size(), "24px");
    await page.locator('[data-set-size="1"]').click();
    await page.locator(".civic-menu").click();
    assert.equal(await page.evaluate(() => getComputedStyle(document.getElementById("menu")).display), "block");
    await page.evaluate(() => {
      const a = document.createElement("a");
      a.href = "https://other.example.net/";
      a.id = "probe";
      document.querySelector("main").prepend(a);
      a.textContent = "probe";
      a.click();
    });
    assert.equal(await page.evaluate(() => document.querySelector("dialog").open), true);
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector("dialog").open);
    assert.equal(await page.evaluate(() => document.activeElement.id), "probe");
    assert.deepEqual(noise, []);
  });
}
