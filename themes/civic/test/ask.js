// Asks the search page in Chromium, as its reader would:
//
//	node ask.js FOLDER [file] < [{q, filters}, …] > [{first, count, paths, values}, …]
//
// over http with the policy on every answer or, with the second word, from the
// folder. Filters are values by their names. What comes back is what the page
// says of the number at first, the number in the end, the addresses of the first
// results, and with filters the numbers beside the values of each,
// [[value, number], …]. Anything that the browser complains of ends it.

import { readFileSync } from "node:fs";
import { browser, fileBase, patience, serve, Site } from "./site.js";

const site = new Site(process.argv[2]);
const server = process.argv[3] === "file" ? { base: fileBase(site), close() {} } : await serve(site, "/a/b/");
const chromium = await browser();
const page = await chromium.newPage();
page.setDefaultTimeout(patience);
const complain = (text) => {
  console.error(text);
  process.exit(1);
};
page.on("console", (message) => complain(message.text()));
page.on("pageerror", (error) => complain(error.message));

const ready = "[role=status][data-state=ready]";
const most = 40; // results that are looked at

async function ask({ q, filters }) {
  await page.evaluate((hash) => {
    return new Promise((done) => {
      addEventListener("hashchange", () => setTimeout(done), { once: true });
      location.hash = hash;
    });
  }, String(new URLSearchParams({ q, ...filters })));
  await page.waitForSelector(ready);
  const first = await page.locator("[role=status]").textContent();
  while (await page.locator("[data-act]").isVisible()) {
    await page.click("[data-act]");
    await page.waitForSelector(ready);
  }
  const values = {};
  for (const fold of filters ? await page.locator("[data-filter]:visible").all() : []) {
    const name = await fold.getAttribute("data-filter");
    if (!(await fold.evaluate((e) => e.open))) await fold.locator("summary").click();
    await page.waitForSelector(`[data-filter=${name}] li`);
    await page.waitForSelector(ready);
    values[name] = await fold.locator("button").evaluateAll((all) => all.map((b) => [b.value, Number(/\d+$/.exec(b.textContent)[0])]));
  }
  const results = page.locator("a[data-result]");
  for (let n = await results.count(); n < most && (await page.locator("[data-more]").isVisible()); n = await results.count()) {
    await page.click("[data-more]");
    await page.waitForFunction((n) => document.querySelectorAll("a[data-result]").length > n, n);
    await page.waitForSelector(ready);
  }
  const count = Number(await page.locator("[role=status]").getAttribute("data-count"));
  const hrefs = await results.evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  return { first, count, values, paths: hrefs.map((href) => href.replace(/#.*/, "")) };
}

await page.goto(server.base + "search.html");
const answers = [];
for (const query of JSON.parse(readFileSync(0, "utf8"))) answers.push(await ask(query));
await chromium.close();
server.close();
process.stdout.write(JSON.stringify(answers));
