// Pictures of the main pages, to be looked at by people: RECTIFY_SHOTS names the
// folder. Tall pages are cut into pieces that can be read.

import { mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { browser, closeBrowser, serve, sites } from "./site.js";

const piece = 1600;
const pieces = 4; // of a longer page the rest looks the same
const phone = { width: 360, height: 740 };
const desk = { width: 1280, height: 800 };
const few = ["home", "issue", "issues", "report"]; // where little but colours changes

const views = {
  telephone: { viewport: phone },
  desk: { viewport: desk },
  dark: { viewport: desk, colorScheme: "dark", only: few },
  contrast: { viewport: desk, marks: { "data-contrast": "high" }, only: few },
  large: { viewport: phone, marks: { "data-size": "3" }, only: few },
  print: { viewport: { width: 658, height: 980 }, media: "print", only: [...few, "text", "release"] },
};

const folder = process.env.RECTIFY_SHOTS;
if (!folder) throw new Error("RECTIFY_SHOTS does not name the folder of the pictures");

// shoot takes the pictures of one page.
async function shoot(page, path) {
  const { width, height } = await page.evaluate(() => ({
    width: document.documentElement.clientWidth,
    height: document.documentElement.scrollHeight,
  }));
  mkdirSync(dirname(path), { recursive: true });
  for (let n = 0; n < pieces && n * piece < height; n++) {
    const clip = { x: 0, y: n * piece, width, height: Math.min(piece, height - n * piece) };
    await page.screenshot({ path: `${path}-${n + 1}.png`, fullPage: true, clip });
  }
}

for (const site of sites()) {
  const name = basename(site.folder) === "public" ? basename(dirname(site.folder)) : basename(site.folder);
  // 404.html knows where it lies; the others would open from the folder too.
  const { base, close } = await serve(site, site.missing.root);
  for (const [view, { marks = {}, media = "screen", only, ...options }] of Object.entries(views)) {
    const context = await (await browser()).newContext(options);
    const page = await context.newPage();
    await page.emulateMedia({ media, colorScheme: options.colorScheme });
    for (const [kind, file] of Object.entries(site.kinds)) {
      if (!file || (only && !only.includes(kind))) continue;
      await page.goto(base + file);
      await page.evaluate((set) => {
        for (const [mark, value] of Object.entries(set)) document.documentElement.setAttribute(mark, value);
      }, marks);
      await shoot(page, join(folder, name, `${kind}-${view}`));
    }
    await context.close();
  }
  close();
}
await closeBrowser();
