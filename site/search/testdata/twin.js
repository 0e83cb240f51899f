// Does in the theme's script what the program did, line by line:
//
//	{"normal": [text, …]}                  > [{s, at}, …]
//	{"files": {path: data}, "keys": […]}   > [[[document, flags, [place, …]], …], …]
"use strict";

const readline = require("node:readline");
const { open } = require("./engine.js");

const script = open(() => undefined);

async function lists({ files, keys }) {
  const search = open((name) => files[name] && Buffer.from(files[name], "utf8"));
  await search.start();
  const out = [];
  for (const key of keys) {
    const l = await search.listOf(key);
    const places = [];
    if (l.width) {
      for (const n of new Set(l.d.map((doc) => doc >> l.width))) {
        const chunk = await search.chunk(l, n);
        l.d.forEach((doc, i) => doc >> l.width === n && (places[i] = chunk[doc]));
      }
    }
    out.push(l.d.map((doc, i) => [doc, l.f[i], places[i] || l.p[i] || []]));
  }
  return out;
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const asked = JSON.parse(line);
    const answer = asked.normal ? asked.normal.map(script.normal) : await lists(asked);
    process.stdout.write(JSON.stringify(answer) + "\n");
  }
})();
