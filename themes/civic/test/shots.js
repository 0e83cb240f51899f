// Pictures of the main pages, to be looked at by people: RECTIFY_SHOTS names the
// folder. Tall pages are cut into pieces that can be read.

import { mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { browser, closeBrowser, fileBase, sites } from "./site.js";

const piece = 1600;
const views = {
  telephone: { viewport: { width: 360, height: 740 } },
  desk: { viewport: { width: 1280, height: 800 } },
  dark: { viewport: { width: 1280, height: 800 }, colorScheme: "dark" },
  contrast: { viewport: { width: 360, height: 740 }, contrast: true },
};
const brief = ["home", "issue", "issues", "report"]; // in the views that change colours only

const folder = process.env.RECTIFY_SHOTS;
if (!folder) throw new Error("RECTIFY_SHOTS does not name the folder of the pictures");

for (const site of sites()) {
  const name = basename(site.folder) === "public" ? basename(dirname(site.folder)) : basename(site.folder);
  for (const [view, { contrast, ...options }] of Object.entries(views)) {
    const context = await (await browser()).newContext(options);
    const page = await context.newPage();
    for (const [kind, file] of Object.entries(site.kinds)) {
      const colours = view === "dark" || view === "contrast";
      if (!file || (colours && !brief.includes(kind))) continue;
      await page.goto(fileBase(site) + file);
      if (contrast) {
        await page.evaluate(() => {
          document.documentElement.setAttribute("data-contrast", "high");
          document.documentElement.setAttribute("data-size", "3");
        });
      }
      mkdirSync(join(folder, name), { recursive: true });
      const { width } = options.viewport;
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      for (let y = 0, n = 1; y < height && n <= 3; y += piece, n++) {
        await page.screenshot({
          path: join(folder, name, `${kind}-${view}-${n}.png`),
          fullPage: true,
          clip: { x: 0, y, width, height: Math.min(piece, height - y) },
        });
      }
    }
    await context.close();
  }
}
await closeBrowser();
