// Runs the theme's own script of the search without a browser: what a test
// finds with it, a reader finds.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");
const zlib = require("node:zlib");

const theme = path.join(__dirname, "../../../themes/civic");
const scripts = path.join(theme, "assets/js/search");

// source is the part of the script that needs no page.
exports.source = () =>
  ["normal", "bits", "load", "query"].map((name) => fs.readFileSync(path.join(scripts, name + ".js"), "utf8")).join("\n");

// open gives the functions of the script over the files of a folder, and what
// they fetched: {name, size, round}, where files asked for at once are a round.
exports.open = (folder) => {
  const sizes = new Map();
  const log = [];
  let pending = 0;
  let round = 0;
  const context = vm.createContext({ Promise, atob, Math, Date, Error, console });
  context.window = context;
  context.document = {
    querySelector: () => ({ getAttribute: () => "root/search.html" }),
    createElement: () => ({ remove() {} }),
    head: {
      appendChild(script) {
        if (pending++ === 0) round++;
        setImmediate(() => {
          const name = script.src.replace(/^root\//, "").replace(/\?.*/, "");
          const file = path.join(folder, name);
          pending--;
          if (!fs.existsSync(file)) return script.onerror();
          const data = fs.readFileSync(file);
          if (!sizes.has(name)) sizes.set(name, zlib.gzipSync(data, { level: 6 }).length);
          log.push({ name, size: sizes.get(name), round });
          vm.runInContext(data.toString("utf8"), context);
          script.onload();
        });
      },
    },
  };
  const names = ["start", "words", "normal", "query", "prove", "show", "values", "runs"];
  const script = vm.runInContext(
    `(function () { ${exports.source()}\nreturn {${names.map((n) => `${n}: ${n}`)}, state: function () { return meta; },
      forget: forget }; })()`,
    context,
  );
  return { ...script, log, reset: () => { log.length = 0; round = 0; script.forget(); } };
};
