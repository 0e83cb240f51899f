// The web archive of a release, read by warcio: every record, its digest, and
// the index, which warcio makes too.

import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { CDXIndexer, WARCParser } from "warcio";

import { snapshot } from "./snapshots.js";

const folder = mkdtempSync(join(tmpdir(), "wacz-"));
execFileSync("unzip", ["-q", snapshot("wacz"), "-d", folder]);
const warc = join(folder, "archive", "data.warc.gz");
const sha256 = (data) => `sha256:${createHash("sha256").update(data).digest("hex")}`;

// The index of the package, a line for each record, by address.
const index = new Map(
  gunzipSync(readFileSync(join(folder, "indexes", "index.cdx.gz")))
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [key, time, ...rest] = line.split(" ");
      return { key, time, ...JSON.parse(rest.join(" ")) };
    })
    .map((entry) => [entry.url, entry]),
);

test("warcio reads every record, and each is what its digests say", async () => {
  const kinds = {};
  const seen = new Set();
  const ids = new Set();
  for await (const record of new WARCParser(createReadStream(warc))) {
    kinds[record.warcType] = (kinds[record.warcType] || 0) + 1;
    ids.add(record.warcHeader("WARC-Record-ID"));
    if (record.warcType === "warcinfo") {
      assert.match(await record.contentText(), /HTTP headers are synthesised/);
      continue;
    }
    assert.equal(record.httpHeaders.statusCode, 200);
    const payload = await record.readFully(true);
    assert.equal(sha256(payload), record.warcPayloadDigest, record.warcTargetURI);
    assert.equal(String(payload.length), record.httpHeaders.headers.get("Content-Length"));
    seen.add(record.warcTargetURI);
  }
  assert.equal(kinds.warcinfo, 1);
  assert.deepEqual(Object.keys(kinds).sort(), ["response", "warcinfo"]);
  assert.equal(kinds.response, seen.size, "an address occurs twice");
  assert.equal(ids.size, seen.size + 1, "two records have the same id");
  assert.ok(seen.size > 300, `${seen.size} records`);
  assert.deepEqual([...seen].sort(), [...index.keys()].sort());
});

test("the index that warcio makes is ours, record by record", async () => {
  const theirs = new Map();
  const indexer = new CDXIndexer({ format: "cdxj", noSurt: false });
  for await (const entry of indexer.iterIndex([{ filename: "data.warc.gz", reader: createReadStream(warc) }])) {
    theirs.set(entry.url, entry);
  }
  assert.equal(theirs.size, index.size);
  for (const [url, ours] of index) {
    const other = theirs.get(url);
    assert.ok(other, url);
    // warcio leaves out which digest it is; the format of the package wants it.
    assert.equal(ours.digest, `sha256:${other.digest.replace(/^sha256:/, "")}`, url);
    for (const field of ["mime", "offset", "length", "status", "filename"]) {
      assert.equal(String(ours[field]), String(other[field]), `${field} of ${url}`);
    }
    assert.equal(ours.key, other.urlkey, url);
    assert.equal(ours.time, other.timestamp, url);
  }
});

test("the archive has the whole site and what lies beside it", () => {
  const base = JSON.parse(readFileSync(join(folder, "datapackage.json"))).mainPageUrl.replace(/index\.html$/, "");
  const has = (path) => index.has(base + path.split("/").map(encodeURIComponent).join("/"));
  const sums = [...index.keys()].find((url) => url.endsWith("/second/sha256sums.txt"));
  assert.ok(sums);
  for (const path of ["releases/second/manifest.json", "releases/second/manifest.json.minisig", "releases/log/checkpoint", "releases/keys/minisign.pub"]) {
    assert.ok(has(path), path);
  }
  const listed = execFileSync("unzip", ["-p", snapshot("zip"), "releases/second/sha256sums.txt"]).toString().trimEnd().split("\n");
  for (const line of listed) {
    const path = line.replace(/^\\?[0-9a-f]{64} {2}/, "");
    assert.ok(has(path), path);
  }
});
