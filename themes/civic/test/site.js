// What the tests share: the built sites, Chromium, and a small web server.

import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { delimiter, extname, join, resolve, sep } from "node:path";
import { chromium } from "playwright-core";

// Sites are the folders named by RECTIFY_SITE (several, as in PATH).
export function sites() {
  const folders = (process.env.RECTIFY_SITE || "").split(delimiter).filter(Boolean);
  if (folders.length === 0) {
    throw new Error("RECTIFY_SITE does not name a built site: run “rectify build” and set it to the folder that was written (public)");
  }
  return folders.map((folder) => new Site(resolve(folder)));
}

export class Site {
  constructor(folder) {
    if (!existsSync(join(folder, "index.html"))) {
      throw new Error(`there is no built site in ${folder} (RECTIFY_SITE)`);
    }
    this.folder = folder;
    this.files = new Set(list(folder, ""));
    this.pages = [...this.files].filter((file) => file.endsWith(".html") && !file.startsWith("files/")).sort();
    this.ids = new Map();
    this.policy = policyOf(this.read("index.html"));
  }

  read(file) {
    return readFileSync(join(this.folder, file), "utf8");
  }

  // hasAnchor looks into the file, since a fragment that no element has leads
  // nowhere without a word.
  hasAnchor(file, id) {
    if (!this.ids.has(file)) {
      const ids = this.read(file).matchAll(/\sid="([^"]*)"/g);
      this.ids.set(file, new Set([...ids].map((match) => match[1])));
    }
    return this.ids.get(file).has(id);
  }

  // missing is 404.html: its root is the path of the portal's address, or
  // nothing, and then it has no links and no style sheet.
  get missing() {
    const match = /<link rel="stylesheet" href="([^"]*)assets\//.exec(this.read("404.html"));
    return { bare: !match, root: match ? match[1] : "/" };
  }

  // kinds is one page of each kind, the one with the most in it.
  get kinds() {
    const patterns = {
      home: /^index\.html$/,
      issue: /^issues\/\d+\.html$/,
      issues: /^issues\/index(-\d+)?\.html$/,
      report: /^reports\/[^/]+\/index\.html$/,
      section: /^reports\/[^/]+\/sections\//,
      text: /^reports\/[^/]+\/text\.html$/,
      contact: /^contact\.html$/,
      prose: /^pages\//,
      search: /^search\.html$/,
      sitemap: /^sitemap\.html$/,
      notfound: /^404\.html$/,
      withdrawn: undefined, // below
      filter: /^(status|owners|units|years)\/(?!index)/,
      groups: /^(reports|units|rounds|owners)\/index\.html$/,
      timeline: /^timeline(-\d+)?\.html$/,
      followUps: /^follow-ups(-\d+)?\.html$/,
      documents: /^documents(-\d+)?\.html$/,
      data: /^data\/index\.html$/,
      releases: /^releases\/index\.html$/,
      release: /^releases\/(?!index\.html$)[^/]+\.html$/,
    };
    const kinds = {};
    for (const [kind, pattern] of Object.entries(patterns)) {
      if (!pattern) continue;
      const pages = this.pages.filter((page) => pattern.test(page));
      if (kind === "release" && pages.length === 0) continue; // a portal need not have made one
      kinds[kind] = pages.sort((a, b) => this.size(b) - this.size(a))[0];
    }
    kinds.withdrawn = this.pages.find((page) => /^issues\/\d/.test(page) && this.read(page).includes('id="withdrawn"'));
    return kinds;
  }

  // looked are the pages that a test in a browser looks at.
  get looked() {
    return thorough ? this.pages : [...new Set(Object.values(this.kinds).filter(Boolean))];
  }

  size(file) {
    return statSync(join(this.folder, file)).size;
  }
}

// policyOf is the policy that a page declares. That it is the right one on every
// page is for the room audit to say, when the site is built.
function policyOf(html) {
  const match = /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(html);
  if (!match) throw new Error("index.html declares no Content-Security-Policy");
  return match[1].replaceAll("&#39;", "'");
}

function list(folder, below) {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below ? `${below}/${entry.name}` : entry.name;
    if (entry.name.startsWith(".")) return [];
    return entry.isDirectory() ? list(folder, path) : [path];
  });
}

const types = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml",
};

// serve offers a site below path ("/", "/a/b/c/") and sends the policy as a
// header too. What is not there is answered by 404.html, with status 200: a
// browser would report the status itself as an error of the page.
export function serve(site, path) {
  const server = createServer((request, response) => {
    const url = new URL(request.url, "http://127.0.0.1");
    const name = url.pathname.startsWith(path) ? decodeURIComponent(url.pathname.slice(path.length)) : "";
    const inside = site.files.has(name);
    if (!inside && extname(url.pathname) !== ".html") {
      response.writeHead(404).end();
      return;
    }
    const file = inside ? name : "404.html";
    response.writeHead(200, {
      "Content-Type": types[extname(file)] || "application/octet-stream",
      "Content-Security-Policy": site.policy,
      "X-Content-Type-Options": "nosniff",
    });
    response.end(readFileSync(join(site.folder, ...file.split("/").filter((part) => part !== ".."))));
  });
  return new Promise((done) => {
    server.listen(0, "127.0.0.1", () => {
      done({
        base: `http://127.0.0.1:${server.address().port}${path}`,
        close() {
          server.closeAllConnections();
          server.close();
        },
      });
    });
  });
}

// fileBase is the address of a folder on the disk.
export function fileBase(site) {
  return new URL(`file://${site.folder.split(sep).map(encodeURIComponent).join("/")}/`).href;
}

// patience is how long a test waits for the browser: machines that build other
// things at the same time are slow, and that is no fault of a page.
export const patience = 180_000;

const browsers = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

// thorough says that every page is looked at, and not one of each kind.
export const thorough = process.env.RECTIFY_ALL === "1";

let shared;

// browser is the one Chromium of a run.
export async function browser() {
  shared ??= await launch();
  return shared;
}

export async function closeBrowser() {
  await shared?.close();
  shared = undefined;
}

export function chromiumPath() {
  const path = browsers.find((program) => program && existsSync(program));
  if (!path) {
    throw new Error("Chromium is missing: install it (Debian: apt-get install chromium fonts-noto-cjk), or set CHROMIUM to the program");
  }
  return path;
}

// launch starts Chromium. It must not ask any host of its own for anything: the
// tests look at every request.
async function launch() {
  return chromium.launch({
    executablePath: chromiumPath(),
    timeout: patience,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
