// “rectify serve” as its user meets it: a saved change comes on screen, a broken
// file brings its message over the page, and mending it brings the site back.
// RECTIFY_BIN names the program, RECTIFY_PORTAL a portal with the real data.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { browser, patience } from "./site.js";

const issue = "issues/517666.html";
let chromium;
let portal;
let program;
let address;
let page;
let noise = [];

before(async () => {
  for (const name of ["RECTIFY_BIN", "RECTIFY_PORTAL"]) {
    if (!process.env[name]) throw new Error(`${name} is not set: run “make test-web”`);
  }
  portal = mkdtempSync(join(tmpdir(), "rectify-serve-"));
  cpSync(join(process.env.RECTIFY_PORTAL, "data"), join(portal, "data"), { recursive: true });
  program = spawn(process.env.RECTIFY_BIN, ["serve", "-C", portal, "--lang", "zh"], { stdio: ["ignore", "pipe", "ignore"] });
  address = await new Promise((resolve, reject) => {
    createInterface({ input: program.stdout }).once("line", resolve);
    program.once("exit", (code) => reject(new Error(`rectify serve ended with ${code}`)));
  });
  chromium = await browser();
  page = await chromium.newPage();
  page.setDefaultTimeout(patience);
  page.on("console", (message) => noise.push(message.text()));
  page.on("pageerror", (error) => noise.push(error.message));
  await page.goto(address + issue);
});

after(async () => {
  await chromium?.close();
  program?.kill();
  if (portal) rmSync(portal, { recursive: true, force: true });
});

const file = () => join(portal, "data/reports/binhai-wl-2024/issues/2-4-2.yaml");
const edit = (from, to) => {
  const text = readFileSync(file(), "utf8");
  assert.ok(text.includes(from), `${from} stands in the file`);
  writeFileSync(file(), text.replace(from, to));
};
const heading = () => page.locator("h1");
const panel = () => page.locator("[data-live=problems]");

test("a saved change comes on screen by itself", async () => {
  const begun = Date.now();
  edit("title: 懒政怠政凸显", "title: 示例改动一");
  await heading().filter({ hasText: "示例改动一" }).waitFor();
  // For the reader of the log; a busy machine says nothing about the program.
  console.log(`# saved to seen: ${Date.now() - begun} ms`);
});

test("a mistake is shown over the page with its place, and the last good site stays underneath", async () => {
  edit("id: 517666", "id: 51766");
  await panel().waitFor();
  const text = await panel().innerText();
  assert.match(text, /2-4-2\.yaml:1:5/);
  assert.match(text, /D014/);
  assert.match(text, /id: 51766/);
  const source = await chromium.newPage();
  await source.goto(new URL(await panel().locator("a").first().getAttribute("href"), address).href);
  assert.match(await source.locator("#here").innerText(), /id: 51766/);
  await source.close();
  await panel().locator("button").click();
  await panel().waitFor({ state: "hidden" });
  assert.equal(await heading().innerText(), "示例改动一");
});

test("a page that is opened while the data are broken says so too", async () => {
  await page.goto(address + "index.html");
  await panel().waitFor();
  await page.goto(address + issue);
  await panel().waitFor();
});

test("mending the mistake brings the site back", async () => {
  edit("id: 51766", "id: 517666");
  await panel().waitFor({ state: "detached" });
  assert.equal(await heading().innerText(), "示例改动一");
});

test("thousands of files saved at once end in one good site", async () => {
  const extra = join(portal, "data/reports/binhai-wl-2024/files");
  mkdirSync(extra, { recursive: true });
  for (let i = 0; i < 2000; i++) writeFileSync(join(extra, `${i}.txt`), String(i));
  rmSync(extra, { recursive: true });
  edit("title: 示例改动一", "title: 示例改动二");
  await heading().filter({ hasText: "示例改动二" }).waitFor();
});

test("a data folder that is gone is a message, and the site comes back with it", async () => {
  renameSync(join(portal, "data"), join(portal, "gone"));
  await panel().waitFor();
  assert.match(await panel().innerText(), /portal\.yaml/);
  renameSync(join(portal, "gone"), join(portal, "data"));
  await panel().waitFor({ state: "detached" });
  await heading().filter({ hasText: "示例改动二" }).waitFor();
});

test("the policy of the pages is what a host serves, and nothing complains", async () => {
  const policy = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
  assert.match(policy, /^default-src 'none'; script-src 'self';/);
  assert.deepEqual(noise, []);
});

test("only this machine is answered", async () => {
  const answer = await page.request.get(address, { headers: { Host: "portal.example.org" } });
  assert.equal(answer.status(), 403);
});
