// The web archive of a release, replayed by ReplayWeb.page in Chromium: the
// first page, an issue, a search, and no request to anywhere else.

import { strict as assert } from "node:assert";
import { createServer } from "node:http";
import { closeSync, createReadStream, existsSync, openSync, readSync, statSync } from "node:fs";
import { dirname, extname, join, normalize } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { snapshot } from "../archive/snapshots.js";
import { browser as launch, patience } from "../site.js";

const wacz = snapshot("wacz");
const player = join(dirname(fileURLToPath(import.meta.url)), "node_modules", "replaywebpage");
const types = { ".html": "text/html", ".js": "text/javascript", ".svg": "image/svg+xml", ".json": "application/json", ".wasm": "application/wasm" };

// The server of somebody who has put the player and the archive on it. The
// player reads parts of the archive, as it would over a slow line.
const server = createServer((request, response) => {
  const path = normalize(decodeURIComponent(new URL(request.url, "http://127.0.0.1").pathname));
  if (path === "/release.wacz") {
    const size = statSync(wacz).size;
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range || "");
    const from = range ? Number(range[1]) : 0;
    const to = range && range[2] ? Math.min(Number(range[2]), size - 1) : size - 1;
    const headers = { "Content-Type": "application/wacz+zip", "Accept-Ranges": "bytes", "Content-Length": to - from + 1 };
    if (range) headers["Content-Range"] = `bytes ${from}-${to}/${size}`;
    response.writeHead(range ? 206 : 200, headers);
    if (request.method === "HEAD") return response.end();
    return createReadStream(wacz, { start: from, end: to }).pipe(response);
  }
  const file = join(player, path === "/" ? "index.html" : path);
  if (!existsSync(file) || !statSync(file).isFile()) {
    response.writeHead(404);
    return response.end();
  }
  response.writeHead(200, { "Content-Type": types[extname(file)] || "application/octet-stream" });
  createReadStream(file).pipe(response);
});

let browser, page, origin, base;
const outside = [];

before(async () => {
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  origin = `http://127.0.0.1:${server.address().port}`;
  base = mainPage().replace(/index\.html$/, "");
  browser = await launch();
  const context = await browser.newContext();
  context.on("request", (request) => {
    if (!/^(data|blob|about):/.test(request.url()) && !request.url().startsWith(origin)) outside.push(request.url());
  });
  page = await context.newPage();
});
after(async () => {
  await browser?.close();
  server.close();
});

// mainPage reads the address of the first page from datapackage.json, which is
// stored without compression.
function mainPage() {
  const size = statSync(wacz).size;
  const tail = Buffer.alloc(Math.min(size, 1 << 20));
  const file = openSync(wacz, "r");
  readSync(file, tail, 0, tail.length, size - tail.length);
  closeSync(file);
  return /"mainPageUrl": "([^"]+)"/.exec(tail.toString())[1];
}

// replay opens an address of the archive and gives the frame that shows it.
async function replay(path) {
  const url = base + path;
  await page.goto("about:blank");
  await page.goto(`${origin}/?source=${origin}/release.wacz#view=pages&url=${encodeURIComponent(url)}`);
  const deadline = Date.now() + patience;
  for (;;) {
    const frame = page.frames().find((one) => one.url().includes(`mp_/${url}`));
    if (frame) {
      await frame.waitForSelector("body", { timeout: patience });
      return frame;
    }
    assert.ok(Date.now() < deadline, `${path} is not shown: ${page.frames().map((one) => one.url())}`);
    await page.waitForTimeout(200);
  }
}

test("the first page is shown, marked as an archived copy", async () => {
  const frame = await replay("index.html");
  await frame.waitForSelector("main h1");
  assert.match(await frame.evaluate(() => getComputedStyle(document.body, "::before").content), /已归档/);
});

test("an issue is shown", async () => {
  const frame = await replay("issues/232048.html");
  await frame.waitForSelector('article[data-issue="232048"]');
  assert.match(await frame.locator("article").innerText(), /图书馆周末闭馆过早/);
});

test("a page of the archive leads to another", async () => {
  const frame = await replay("releases/index.html");
  await frame.locator('a[href="second.html"]').first().click();
  const deadline = Date.now() + patience;
  while (!page.frames().some((one) => one.url().endsWith("releases/second.html"))) {
    assert.ok(Date.now() < deadline, "the link leads nowhere");
    await page.waitForTimeout(200);
  }
});

test("the search finds what the data say", async () => {
  const frame = await replay("search.html#q=" + encodeURIComponent("图书馆周末闭馆"));
  if ((await frame.locator("[data-state]").count()) === 0) return; // a site without a search
  await frame.waitForSelector('[data-state="ready"]', { timeout: patience });
  assert.notEqual(await frame.locator("[data-count]").getAttribute("data-count"), "0");
});

test("nothing was asked of any other host", () => {
  assert.deepEqual(outside, []);
});
