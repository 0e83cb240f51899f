// axe finds nothing on a page of each kind, wide and narrow, light and dark.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import axe from "axe-core";
import { browser, serve, sites } from "./site.js";

let chromium;
before(async () => {
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
});

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

for (const site of sites()) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [360, 1280]) {
      test(`pages of ${site.folder} are accessible, ${colorScheme}, ${width} px`, async () => {
        const { base, close } = await serve(site, site.missing.root);
        // The policy forbids foreign scripts, so axe needs it out of the way.
        const context = await chromium.newContext({ bypassCSP: true, colorScheme, viewport: { width, height: 800 } });
        const page = await context.newPage();
        const wrong = [];
        for (const [kind, file] of Object.entries(site.kinds)) {
          if (!file) continue; // a portal need not have prose
          await page.goto(base + file);
          await page.evaluate(() => {
            for (const fold of document.querySelectorAll("details")) fold.open = true;
          });
          await page.addScriptTag({ content: axe.source });
          const result = await page.evaluate((values) => globalThis.axe.run({ runOnly: { type: "tag", values } }), tags);
          for (const violation of result.violations) {
            for (const node of violation.nodes) wrong.push(`${kind} ${file}: ${violation.id}: ${node.target} ${node.failureSummary}`);
          }
        }
        await context.close();
        close();
        assert.deepEqual(wrong, []);
      });
    }
  }
}
