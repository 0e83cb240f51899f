// Asks a search in Chromium over a slow line, with a server that counts:
//
//	node bench-search.js rectify|pagefind FOLDER < [query, …] > [{paths, count, bytes, requests, later, millis, work}, …]
//
// Every query comes to a browser that knows nothing, and then to one that has
// answered the query before it. Bytes and requests are those of the index and of
// ten results; scripts and wasm, which come once, are told on stderr.

import { createServer } from "node:http";
import { readFileSync, readdirSync } from "node:fs";
import { extname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { createRequire } from "node:module";
import { browser, patience } from "./site.js";

const [kind, folder] = process.argv.slice(2);
const queries = JSON.parse(readFileSync(0, "utf8"));
const { source } = createRequire(import.meta.url)("../../../site/search/testdata/engine.js");

const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css", ".json": "application/json", ".wasm": "application/wasm" };
const made = {
  "/bench.js": `(function () {\n${source()}\nwindow.engine = { start: start, words: words, query: query, show: show, prove: prove };\n})();`,
  "/empty.html": "<!doctype html><title>x</title>",
};
const squeezed = new Map();
let log = [];

const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
  try {
    if (!squeezed.has(path)) squeezed.set(path, gzipSync(made[path] ?? readFileSync(join(folder, path))));
  } catch {
    return response.writeHead(404).end();
  }
  const data = squeezed.get(path);
  log.push({ path, bytes: data.length });
  response.writeHead(200, { "Content-Type": types[extname(path)] || "application/octet-stream", "Content-Encoding": "gzip", "Cache-Control": "max-age=3600" });
  response.end(data);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const base = `http://127.0.0.1:${server.address().port}/`;
const chromium = await browser();

const once = ({ path }) => !/^\/search\//.test(path) && !/^\/pagefind\/(fragment|index|.*\.pf_meta|pagefind-entry)/.test(path);
const counted = () => log.filter((file) => !once(file));
const sum = (files) => files.reduce((all, { bytes }) => all + bytes, 0);

// Of Pagefind's results only the names of files are known; what pages they are of
// stands in these.
const pages = {};
if (kind === "pagefind") {
  const fragments = join(folder, "pagefind", "fragment");
  for (const name of readdirSync(fragments)) {
    const text = gunzipSync(readFileSync(join(fragments, name))).toString("utf8");
    pages[name.replace(".pf_fragment", "")] = JSON.parse(text.slice(text.indexOf("{"))).url.replace(/^\//, "");
  }
}

const ask = {
  async rectify(page, query) {
    return page.evaluate((hash) => {
      const status = document.querySelector("[role=status]");
      const begun = performance.now();
      const started = new Promise((done) => addEventListener("hashchange", done, { once: true }));
      location.hash = hash;
      return started.then(
        () =>
          new Promise((done, failed) => {
            let shown;
            const timer = setInterval(() => {
              const is = status.dataset.state;
              if (!shown && (document.querySelector("a[data-result]") || is === "ready")) shown = performance.now() - begun;
              if (is === "error" || is === "idle") {
                clearInterval(timer);
                failed(Error(`the page says ${is} of ${hash}: ${status.textContent}`));
              }
              const act = document.querySelector("[data-act]");
              if (is !== "ready") return;
              if (!act.hidden && status.dataset.count !== "0") return act.click();
              clearInterval(timer);
              done({ millis: shown, count: Number(status.dataset.count), paths: [...document.querySelectorAll("a[data-result]")].map((a) => a.getAttribute("href").replace(/#.*/, "")) });
            }, 4);
          }),
      );
    }, "q=" + encodeURIComponent(query));
  },
  async pagefind(page, query) {
    const found = await page.evaluate(async (query) => {
      const begun = performance.now();
      const pagefind = (window.loaded ??= await import("/pagefind/pagefind.js"));
      const { results } = await pagefind.search(query);
      await Promise.all(results.slice(0, 10).map((r) => r.data()));
      return { millis: performance.now() - begun, ids: results.map((r) => r.id) };
    }, query);
    return { millis: found.millis, count: found.ids.length, paths: found.ids.map((id) => pages[id]) };
  },
};

// fresh is a browser that knows nothing, at the end of a slow line.
async function fresh() {
  const context = await chromium.newContext();
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  await page.goto(base + (kind === "rectify" ? "search.html" : "empty.html"));
  await (await context.newCDPSession(page)).send("Network.emulateNetworkConditions", { offline: false, latency: 50, downloadThroughput: 1.25e6, uploadThroughput: 1.25e6 });
  log = [];
  return page;
}

// work is the time of decoding and intersecting: everything is fetched before,
// and lists are read anew.
async function work(page, query) {
  if (!(await page.evaluate(() => "engine" in window))) await page.addScriptTag({ url: base + "bench.js" });
  return page.evaluate(async (query) => {
    const { start, words, query: find, show, prove } = window.engine;
    async function once() {
      await start();
      const begun = performance.now();
      const q = await find(words(query));
      await show(q, q.order, 10);
      while (q.all.some((x) => x.ok === 0)) await prove(q, q.order, 100);
      return performance.now() - begun;
    }
    await once();
    return once();
  }, query);
}

const answers = [];
let last = queries[queries.length - 1];
let scripts = 0;
for (const query of queries) {
  let page = await fresh();
  const answer = await ask[kind](page, query);
  answer.bytes = sum(counted());
  answer.requests = counted().length;
  scripts = Math.max(scripts, sum(log.filter(once)));
  if (kind === "rectify") answer.work = await work(page, query);
  await page.context().close();
  page = await fresh();
  await ask[kind](page, last);
  log = [];
  await ask[kind](page, query);
  answer.later = sum(counted());
  await page.context().close();
  last = query;
  answers.push(answer);
}
console.error(`${kind}: scripts and wasm that came with the first query: ${scripts} bytes`);
await chromium.close();
server.close();
process.stdout.write(JSON.stringify(answers));
