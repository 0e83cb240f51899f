// Runs the theme's own script of the search without a browser: what a test
// finds with it, a reader finds.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const scripts = path.join(__dirname, "../../../themes/civic/assets/js/search");

// source is the part of the script that needs no page.
exports.source = () =>
  ["normal", "bits", "load", "query"].map((name) => fs.readFileSync(path.join(scripts, name + ".js"), "utf8")).join("\n");

const names = ["start", "words", "normal", "query", "prove", "show", "listOf", "chunk", "values", "runs", "forget"];

// open gives the functions of the script over files, which file gives by their
// paths, or nothing where there is none; and what they fetched: {name, data,
// round}, where files asked for at once are a round.
exports.open = (file) => {
  const log = [];
  let pending = 0;
  let round = 0;
  const context = vm.createContext({ Promise, atob, Math, Date, Error });
  context.window = context;
  context.document = { querySelector: () => ({ getAttribute: () => "root/search.html" }) };
  // add is the script's way to put an element into a page.
  context.add = () => {
    const script = { remove() {} };
    if (pending++ === 0) round++;
    setImmediate(() => {
      const name = script.src.replace(/^root\//, "").replace(/\?.*/, "");
      const data = file(name);
      pending--;
      if (data === undefined) return script.onerror();
      log.push({ name, data, round });
      vm.runInContext(data.toString("utf8"), context);
      script.onload();
    });
    return script;
  };
  const script = vm.runInContext(
    `(function () { ${exports.source()}\nreturn {${names.map((name) => `${name}: ${name}`)}}; })()`,
    context,
  );
  const reset = () => {
    log.length = round = 0;
    script.forget();
  };
  return { ...script, log, reset };
};

// folder gives the files of a folder.
exports.folder = (dir) => (name) => {
  const file = path.join(dir, name);
  return fs.existsSync(file) ? fs.readFileSync(file) : undefined;
};
