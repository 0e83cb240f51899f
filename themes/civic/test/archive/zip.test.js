// The zip of a release, unpacked and opened from the folder, as people do by
// double click.

import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { browser as launch } from "../site.js";
import { snapshot } from "./snapshots.js";

const folder = mkdtempSync(join(tmpdir(), "zip-"));
execFileSync("unzip", ["-q", snapshot("zip"), "-d", folder]);
const address = (path) => pathToFileURL(folder).href + "/" + path;

let browser, page;
const outside = [];
const faults = [];

before(async () => {
  browser = await launch();
  page = await browser.newPage();
  page.on("request", (request) => {
    if (!request.url().startsWith(address("")) && !request.url().startsWith("data:")) outside.push(request.url());
  });
  page.on("requestfailed", (request) => faults.push(`${request.url()}: ${request.failure().errorText}`));
  page.on("pageerror", (error) => faults.push(String(error)));
});
after(() => browser?.close());

test("every file is what the list beside it says", () => {
  execFileSync("sha256sum", ["-c", "--quiet", "--strict", "SHA256SUMS.txt"], { cwd: folder });
});

test("every page says that it is an archived copy", async () => {
  for (const path of ["index.html", "issues/232048.html", "releases/index.html"]) {
    await page.goto(address(path));
    const mark = await page.evaluate(() => getComputedStyle(document.body, "::before").content);
    assert.match(mark, /已归档：这是 \d{4}-\d{2}-\d{2} 公布的第 second 期/, path);
  }
});

test("the first page leads to an issue and to what changed", async () => {
  await page.goto(address("index.html"));
  await page.locator('main a[href^="issues/"]').first().click();
  assert.equal(await page.locator("article[data-issue]").count(), 1);
  await page.goto(address("releases/second.html"));
  assert.match(await page.locator("main").innerText(), /全部登记/);
});

test("its search finds what the data say", async () => {
  if (!existsSync(join(folder, "search.html"))) return; // a site without a search
  const [{ title }] = JSON.parse(readFileSync(join(folder, "data/issues.json"))).issues.filter((issue) => issue.id === 232048);
  await page.goto(address("search.html") + "#q=" + encodeURIComponent(title));
  await page.waitForSelector('[data-state="ready"]');
  assert.notEqual(await page.locator("[data-count]").getAttribute("data-count"), "0");
  await page.locator("a[data-result]").first().click();
  await page.waitForSelector('article[data-issue="232048"]');
});

test("nothing was asked of the network, and nothing failed", () => {
  assert.deepEqual(outside, []);
  assert.deepEqual(faults, []);
});
