// Reading aloud, with a voice of the test's own: the machine has none.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileBase, sites } from "../site.js";
import { open } from "./tools.js";

// A speech that says nothing and lets the test end each sentence.
function voices(languages) {
  const spoken = [];
  const speech = new EventTarget();
  Object.assign(speech, {
    getVoices: () => languages.map((lang) => ({ lang, name: lang })),
    speak: (utterance) => spoken.push(utterance),
    cancel() {},
    pause: () => (speech.paused = true),
    resume: () => (speech.paused = false),
  });
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = function (text) {
    this.text = text;
  };
  window.spoken = spoken;
}

async function listen(t, site, languages) {
  const page = await open(t, fileBase(site), site.kinds.issue);
  await page.addInitScript(voices, languages);
  await page.reload();
  return page;
}

const button = (page, name) => page.locator(`[data-read="${name}"]`);
const marked = (page) => page.locator("mark.civic-reading").evaluateAll((all) => all.map((e) => e.textContent).join(""));
const said = (page) => page.evaluate(() => window.spoken.map((utterance) => utterance.text));
const next = (page) => page.evaluate(() => window.spoken[window.spoken.length - 1].onend());

for (const site of sites()) {
  test(`${site.folder} offers no reading where there is no voice for its language`, async (t) => {
    for (const languages of [[], ["en-US", "fr-FR"]]) {
      const page = await listen(t, site, languages);
      assert.equal(await button(page, "start").isVisible(), false);
    }
  });

  test(`${site.folder} offers reading when the voices come late`, async (t) => {
    const page = await listen(t, site, []);
    await page.evaluate(() => {
      window.speechSynthesis.getVoices = () => [{ lang: "zh-CN", name: "" }];
      window.speechSynthesis.dispatchEvent(new Event("voiceschanged"));
    });
    assert.equal(await button(page, "start").isVisible(), true);
  });

  test(`an issue of ${site.folder} is read sentence by sentence, and the page stays what it was`, async (t) => {
    const page = await listen(t, site, ["en-US", "zh-CN"]);
    const main = () => page.locator("article").evaluate((e) => [...e.querySelectorAll("p, li, dd, h1, h2")].map((p) => p.innerHTML));
    const before = await main();
    await button(page, "start").press("Enter");
    const title = await page.locator("h1").textContent();
    assert.deepEqual(await said(page), [title]);
    assert.equal(await marked(page), title);
    for (let i = 0; i < 500 && (await button(page, "stop").isVisible()); i++) {
      const last = (await said(page)).pop();
      assert.equal((await marked(page)).replace(/\s/g, ""), last.replace(/\s/g, ""), "what is read is marked");
      await next(page);
    }
    assert.equal(await button(page, "start").isVisible(), true, "it ends by itself");
    assert.deepEqual(await main(), before);
    // Each measure was read, whole and once.
    const spoken = (await said(page)).join("").replace(/\s/g, "");
    for (const measure of await page.locator("[data-measure]").allTextContents()) {
      assert.equal(spoken.split(measure.replace(/\s/g, "")).length, 2, measure);
    }
    assert.ok(!/打印|暂停/.test(spoken), "buttons are not read");
  });

  test(`reading ${site.folder} pauses, goes on, and ends with Escape`, async (t) => {
    const page = await listen(t, site, ["zh-CN"]);
    await button(page, "start").click();
    await next(page);
    const pause = button(page, "pause");
    const word = await pause.textContent();
    await pause.press("Enter");
    assert.equal(await page.evaluate(() => window.speechSynthesis.paused), true);
    assert.notEqual(await pause.textContent(), word);
    await pause.press("Enter");
    assert.equal(await page.evaluate(() => window.speechSynthesis.paused), false);
    await page.keyboard.press("Escape");
    assert.equal(await marked(page), "");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("data-read")), "start");
    const n = (await said(page)).length;
    await next(page);
    assert.equal((await said(page)).length, n, "what was said last does not go on");
  });

  test(`while ${site.folder} is read its buttons stay in sight and hide no focus`, async (t) => {
    const page = await listen(t, site, ["zh-CN"]);
    await button(page, "start").click();
    await page.evaluate(() => window.scrollTo(0, 600));
    const box = await button(page, "stop").boundingBox();
    assert.ok(box.y >= 0 && box.y < 100, `the button is at ${box.y}`);
    await page.keyboard.press("Shift");
    const hidden = await page.evaluate(() => {
      const bar = document.querySelector(".civic-tools").getBoundingClientRect().bottom;
      return [...document.querySelectorAll("main a")].reverse().filter((a) => {
        a.focus();
        return a.getClientRects().length && a.getBoundingClientRect().bottom <= bar;
      }).map((a) => a.textContent);
    });
    assert.deepEqual(hidden, []);
  });
}
