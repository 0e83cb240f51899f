// Pages as different people see them: on a desk and on a telephone, in the
// dark, with high contrast, with the system's own colours, with larger text, on
// paper. Each page is opened once and looked at in one guise after the other.

import assert from "node:assert/strict";
import { test } from "node:test";
import axe from "axe-core";
import { browser, patience, serve, sites, thorough } from "../site.js";

const everything = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
// Where nothing changes but colours, only these rules can find something new.
const colours = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

const phone = { width: 360, height: 740 };
const desk = { width: 1280, height: 800 };
const sheet = { width: 658, height: 980 }; // A4 within its margins

// mark sets or takes an attribute of the root element, as the reader's buttons do.
const mark = (page, name, value) =>
  page.evaluate(([n, v]) => (v ? document.documentElement.setAttribute(n, v) : document.documentElement.removeAttribute(n)), [name, value]);

// guises are told what to do with the page and the connection to its browser.
const guises = {
  "on a desk": { put: (page) => page.setViewportSize(desk), axe: everything, checks: ["width", "targets", "focus", "lines", "logo"] },
  "in the dark": { put: (page) => page.emulateMedia({ colorScheme: "dark" }), axe: colours, checks: ["logo"] },
  "with high contrast": {
    async put(page) {
      await page.emulateMedia({ colorScheme: "light" });
      await mark(page, "data-contrast", "high");
    },
    axe: colours,
    checks: ["focus"],
  },
  "in the system's colours": {
    async put(page) {
      await mark(page, "data-contrast", "");
      await page.emulateMedia({ forcedColors: "active" });
    },
    axe: colours,
    checks: ["width", "focus"],
  },
  "with text of 200 %": {
    async put(page, cdp) {
      await page.emulateMedia({ forcedColors: "none" });
      await cdp.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
    },
    axe: thorough && everything,
    checks: ["width"],
  },
  "on a telephone": {
    async put(page, cdp) {
      await cdp.send("Page.setFontSizes", { fontSizes: { standard: 16, fixed: 13 } });
      await page.setViewportSize(phone);
    },
    axe: everything,
    checks: ["width", "targets", "focus"],
  },
  "on a telephone, with the largest text": {
    put: (page) => mark(page, "data-size", "3"),
    axe: thorough && everything,
    checks: ["width", "focus", "readable"],
  },
  "on a telephone, in the dark, with text of 200 %": {
    async put(page, cdp) {
      await mark(page, "data-size", "");
      await page.emulateMedia({ colorScheme: "dark" });
      await cdp.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
    },
    axe: colours,
    checks: ["width", "focus"],
  },
  "on a telephone, with high contrast": {
    async put(page, cdp) {
      await page.emulateMedia({ colorScheme: "light" });
      await cdp.send("Page.setFontSizes", { fontSizes: { standard: 16, fixed: 13 } });
      await mark(page, "data-contrast", "high");
    },
    axe: colours,
    checks: ["width", "focus"],
  },
  "at a zoom of 400 %": {
    async put(page) {
      await mark(page, "data-contrast", "");
      await page.setViewportSize({ width: 320, height: 256 }); // of a screen of 1280 by 1024
    },
    axe: false,
    checks: ["width", "focus"],
  },
  "on paper": {
    async put(page) {
      await page.setViewportSize(sheet);
      await page.emulateMedia({ media: "print" });
    },
    axe: colours,
    checks: ["width", "foot"],
  },
  "on paper, for one who reads in the dark, with high contrast and the largest text": {
    async put(page) {
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      await mark(page, "data-contrast", "high");
      await mark(page, "data-size", "3");
    },
    axe: colours,
    checks: ["width", "foot", "paper"],
  },
};

// The functions below run in the page.
const checks = {
  // width: nothing has to be scrolled to sideways.
  width() {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? [`${scrollWidth} px wide`] : [];
  },

  // targets: what can be pressed is 24 px high and wide, unless it stands in a
  // sentence: in text that goes on before or behind it.
  targets() {
    const small = [];
    for (const e of document.querySelectorAll("a[href], button, input, select, summary")) {
      const { width, height } = e.getBoundingClientRect();
      if (width === 0 || getComputedStyle(e).visibility === "hidden" || e.matches("[tabindex='-1'], .civic-skip")) continue;
      const around = e.closest("p, li, dd, td, blockquote")?.textContent.trim().length ?? 0;
      const inSentence = getComputedStyle(e).display === "inline" && around > e.textContent.trim().length;
      if (!inSentence && (width < 24 || height < 24)) {
        small.push(`${e.className || e.tagName} “${e.textContent.trim().slice(0, 20)}” is ${Math.round(width)} by ${Math.round(height)}`);
      }
    }
    return small;
  },

  // readable: 18 pt are 24 px, for every text that is seen.
  readable() {
    const small = new Map();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const e = walker.currentNode.parentElement;
      if (!/\S/.test(walker.currentNode.data) || !e.getClientRects().length || e.closest(".civic-hidden, option, dialog:not([open])")) continue;
      const size = parseFloat(getComputedStyle(e).fontSize);
      if (size < 24) small.set(e.className || e.tagName, `text of ${size} px: ${e.className || e.tagName} “${e.textContent.trim().slice(0, 20)}”`);
    }
    return [...small.values()];
  },

  // lines: text of several lines has at most 40 characters a line, each at least
  // 1.7 times as high as the characters. Tables and headings are no running text.
  lines() {
    const wrong = new Map();
    for (const e of document.querySelectorAll("main p, main li, main dd, main blockquote, .civic-contact p, footer p")) {
      const style = getComputedStyle(e);
      const size = parseFloat(style.fontSize);
      const own = [...e.childNodes].some((node) => node.nodeType === 3 && /\S/.test(node.data));
      if (!own || !e.getClientRects().length || e.closest("table, .civic-hidden")) continue;
      const lines = e.getBoundingClientRect().height / parseFloat(style.lineHeight);
      if (lines < 1.5) continue;
      const name = e.className || `${e.tagName} in ${e.parentElement.className}`;
      const inner = e.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      if (inner / size > 40.5) wrong.set(name, `lines of ${Math.round(inner / size)} characters: ${name}`);
      if (parseFloat(style.lineHeight) / size < 1.69) wrong.set(`${name} height`, `lines ${(parseFloat(style.lineHeight) / size).toFixed(2)} high: ${name}`);
    }
    return [...wrong.values()];
  },

  // paper: it is white, and its text is small enough for it.
  paper() {
    const { backgroundColor, fontSize } = getComputedStyle(document.body);
    return [
      ...(/^rgb\(255, 255, 255\)$|, 0\)$/.test(backgroundColor) ? [] : [`the paper is ${backgroundColor}`]),
      ...(parseFloat(fontSize) <= 16 ? [] : [`text of ${fontSize}`]),
    ];
  },

  // focus: what has it shows so and is in sight.
  focus() {
    const wrong = [];
    for (const e of document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")) {
      if (e.matches("[tabindex='-1']") || !e.getClientRects().length || e.closest("dialog:not([open])")) continue;
      e.focus();
      const name = `${e.className || e.tagName} “${e.textContent.trim().slice(0, 20)}”`;
      if (document.activeElement !== e) {
        wrong.push(`${name} cannot be focused`);
        continue;
      }
      const style = getComputedStyle(e);
      if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) wrong.push(`${name} has no ring`);
      const box = e.getClientRects()[0];
      const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
      const y = Math.min(Math.max(box.top + Math.min(box.height, innerHeight) / 2, 0), innerHeight - 1);
      const seen = document.elementFromPoint(x, y);
      if (!seen || !e.contains(seen)) wrong.push(`${name} is hidden by ${seen?.className}`);
    }
    return wrong;
  },

  // logo: the parent's is drawn for the header's strip, and stands on its colour.
  logo() {
    const logo = document.querySelector(".civic-footer .civic-parent__logo");
    const strip = document.querySelector(".civic-header__strip");
    const on = (e) => getComputedStyle(e).backgroundColor;
    return !logo || on(logo) === on(strip) ? [] : [`the parent's logo is drawn for ${on(strip)} and stands on ${on(logo)}`];
  },

  // foot: what stands at the foot of each sheet of paper.
  foot() {
    const foot = document.querySelector(".civic-sheet");
    const shown = foot && getComputedStyle(foot).display === "table-footer-group";
    if (!shown) return ["no foot"];
    const canonical = document.querySelector("link[rel=canonical]");
    const wrong = /打印日期：\d{4}-\d\d-\d\d/.test(foot.textContent) ? [] : ["no day at the foot"];
    if (!foot.textContent.includes(canonical ? canonical.href : location.href.replace(/#.*/, ""))) wrong.push("no address at the foot");
    const code = foot.querySelector("img");
    if (canonical ? !(code && code.complete && code.getBoundingClientRect().width > 56) : code) wrong.push("no code at the foot");
    return wrong;
  },
};

for (const site of sites()) {
  test(`pages of ${site.folder} serve everybody`, async (t) => {
    const { base, close } = await serve(site, site.missing.root);
    t.after(close);
    const context = await (await browser()).newContext();
    t.after(() => context.close());
    context.setDefaultTimeout(patience);
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    let wrong = [];
    let file = "";
    const say = (text) => wrong.push(`${file}: ${text}`);
    page.on("console", (message) => say(`console ${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => say(`error: ${error.message}`));
    page.on("request", (request) => {
      if (!request.url().startsWith(new URL("/", base).href) && !request.url().startsWith("data:")) say(`left the site: ${request.url()}`);
    });
    for (file of site.looked) {
      const bare = file === "404.html" && site.missing.bare; // it has no style
      await page.emulateMedia({ media: "screen", colorScheme: "light", forcedColors: "none" });
      await page.goto(base + file);
      // Rings are for the keyboard: one key tells the browser that it is used.
      await page.keyboard.press("Tab");
      await page.evaluate(axe.source);
      await page.evaluate(() => {
        for (const fold of document.querySelectorAll("details")) fold.open = true;
      });
      for (const [guise, { put, axe: rules, checks: asked }] of Object.entries(guises)) {
        await put(page, cdp);
        for (const name of asked) {
          if (bare && name !== "width") continue;
          for (const found of await page.evaluate(checks[name])) say(`${guise}: ${found}`);
        }
        if (!rules) continue;
        const { violations } = await page.evaluate((runOnly) => globalThis.axe.run({ runOnly, resultTypes: ["violations"], rules: { "target-size": { enabled: runOnly.type === "tag" } } }), rules);
        for (const { id, nodes } of violations) {
          for (const { target, failureSummary } of nodes) say(`${guise}: ${id}: ${target} ${failureSummary}`);
        }
      }
    }
    assert.equal(wrong.join("\n"), "");
  });
}
