// axe finds nothing on a page of each kind, wide and narrow, light and dark.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import axe from "axe-core";
import { browser, patience, serve, sites } from "./site.js";

let chromium;
before(async () => {
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
});

const all = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
const colours = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

// In the dark nothing changes but colours.
const views = [
  { colorScheme: "light", width: 360, runOnly: all },
  { colorScheme: "light", width: 1280, runOnly: all },
  { colorScheme: "dark", width: 1280, runOnly: colours },
];

for (const site of sites()) {
  for (const { colorScheme, width, runOnly } of views) {
    test(`pages of ${site.folder} are accessible, ${colorScheme}, ${width} px`, async (t) => {
      const { base, close } = await serve(site, site.missing.root);
      t.after(close);
      // The policy forbids foreign scripts, so axe needs it out of the way.
      const context = await chromium.newContext({ bypassCSP: true, colorScheme, viewport: { width, height: 800 } });
      t.after(() => context.close());
      context.setDefaultTimeout(patience);
      const page = await context.newPage();
      const wrong = [];
      for (const [kind, file] of Object.entries(site.kinds)) {
        if (!file) continue; // a portal need not have prose
        await page.goto(base + file);
        await page.evaluate(() => {
          for (const fold of document.querySelectorAll("details")) fold.open = true;
        });
        await page.addScriptTag({ content: axe.source });
        const { violations } = await page.evaluate((only) => globalThis.axe.run({ runOnly: only }), runOnly);
        for (const { id, nodes } of violations) {
          for (const { target, failureSummary } of nodes) wrong.push(`${kind} ${file}: ${id}: ${target} ${failureSummary}`);
        }
      }
      assert.deepEqual(wrong, []);
    });
  }
}
