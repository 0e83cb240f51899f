// Lighthouse as a telephone: 100 for accessibility, best practices and SEO.
// Performance is printed: it says more about the machine than about the page.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import lighthouse from "lighthouse";
import { chromiumPath, serve, sites } from "../site.js";

// Lighthouse asks for robots.txt as if the page did, which the pages' policy
// forbids; that file has tests of its own.
const skipAudits = ["robots-txt"];

let chromium;
let port;
let profile;
before(async () => {
  profile = mkdtempSync(join(tmpdir(), "rectify-lighthouse-"));
  chromium = spawn(
    chromiumPath(),
    ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  port = await new Promise((resolve, reject) => {
    let said = "";
    chromium.stderr.on("data", (data) => {
      said += data;
      const found = /ws:\/\/127\.0\.0\.1:(\d+)/.exec(said);
      if (found) resolve(Number(found[1]));
    });
    chromium.once("exit", () => reject(new Error(`Chromium ended: ${said}`)));
  });
});
after(async () => {
  const gone = new Promise((resolve) => chromium?.once("exit", resolve));
  chromium?.kill();
  await gone;
  if (profile && existsSync(profile)) rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
});

for (const site of sites()) {
  for (const kind of ["home", "issue", "issues", "report", "text", "contact"]) {
    test(`Lighthouse gives 100 to ${kind} of ${site.folder}`, async (t) => {
      const { base, close } = await serve(site, site.missing.root);
      t.after(close);
      const { lhr } = await lighthouse(base + site.kinds[kind], { port, onlyCategories: ["accessibility", "best-practices", "seo", "performance"], logLevel: "error", skipAudits });
      const score = Object.fromEntries(Object.entries(lhr.categories).map(([name, category]) => [name, Math.round(category.score * 100)]));
      console.log(`# ${site.kinds[kind]}: performance ${score.performance}`);
      const lost = Object.values(lhr.categories)
        .filter((category) => category.id !== "performance")
        .flatMap((category) => category.auditRefs)
        .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
        .map(({ id }) => `${id}: ${lhr.audits[id].title} ${JSON.stringify(lhr.audits[id].details?.items ?? "").slice(0, 400)}`);
      assert.deepEqual(lost, []);
      assert.deepEqual([score.accessibility, score["best-practices"], score.seo], [100, 100, 100]);
    });
  }
}
