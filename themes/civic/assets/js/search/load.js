/* Fetches files of the index. Each is a script that calls rectifySearch with
   its name and its content: that works from a folder and under a policy that
   forbids all else. */

/* The way to the portal's root: the search form leads to search.html there. */
var form = document.querySelector("form[role=search]"), root = form.getAttribute("action").slice(0, -11);
var meta, often, files = {}, came = {}, lists, plain, minute = 6e4;

window.rectifySearch = function (name, content) {
  came[name] = content;
};

/* load promises the content of a file. The version keeps old copies out of the
   way; an archived site may know the address without it only. */
function load(name, version) {
  return files[name + version] || (files[name + version] = new Promise(function (done, failed) {
    (function ask(query) {
      var script = add(document.head, "script");
      delete came[name];
      script.src = root + "search/" + name + ".js" + query;
      script.onload = script.onerror = function () {
        script.remove();
        if (came[name]) {
          plain = !query;
          done(came[name]);
        } else if (query) {
          ask("");
        } else {
          failed();
        }
      };
    })(plain ? "" : "?v=" + version);
  }));
}

/* forget makes everything be fetched anew. */
function forget() {
  files = {};
  minute = 1;
}

/* start reads what one must know to read all else. The site may change while a
   page stays open, so that is read again a minute later: files of two states of
   the site must not answer one query. */
function start() {
  return load("meta", Math.floor(Date.now() / minute)).then(function (m) {
    meta = m;
    lists = {};
    /* How often frequent pairs stand in documents, by 14 bits of their hashes. */
    read(m.often);
    var n = gamma() - 1, k = parameter(16384, n), at = 0;
    for (often = []; n--; at++) often[at += rice(k)] = bits(2) + 1;
  });
}

/* member is a file of a family: n of so many says which generation it has. */
function member(family, name, n, of) {
  var group = Math.floor(n * Math.min(48, of) / of);
  return load(family + "/" + name, meta.v[family].substr(group * 3, 3));
}

function hex(n) {
  return n.toString(16);
}

function numbered(n) {
  return hex(n >> 8) + "/" + hex(n & 255);
}

/* hash spreads a key: three digits or the six of an issue's number, a pair of
   units, or a unit. */
function hash(key) {
  var h = key.length > 2 ? 65536 + +key : key.length > 1 ? key.charCodeAt(0) << 16 | key.charCodeAt(1) : key.charCodeAt(0);
  h = Math.imul(h ^ h >>> 16, 0x7feb352d);
  h = Math.imul(h ^ h >>> 15, 0x846ca68b);
  return (h ^ h >>> 16) >>> 0;
}

/* listOf promises the list of a key. */
function listOf(key) {
  var h = hash(key), pairs = key.length % 5 > 1, family = pairs ? "b" : "a";
  var shards = meta[family], shard = Math.floor(h * shards / 4294967296);
  return member(family, numbered(shard), shard, shards).then(function (content) {
    var l = lists[family + h] = lists[family + h] || find(content, shard, shards, h, pairs);
    l.h = h;
    return l;
  });
}

/* chunk promises the places of a list in a chunk, by document. */
function chunk(l, n) {
  return member("c", hex(l.h >>> 24) + "/" + hex(l.h & 0xffffff) + "-" + hex(n), l.h >>> 16, 65536).then(function (content) {
    read(content);
    for (var places = {}, i = indexOf(l.d, n << l.width); i < l.d.length && l.d[i] >> l.width === n; i++) {
      places[l.d[i]] = spots(l.f[i]);
    }
    return places;
  });
}

/* indexOf is the first place in a rising list whose number is at least n. */
function indexOf(list, n) {
  var low = 0, high = list.length;
  while (low < high) {
    var middle = low + high >> 1;
    if (list[middle] < n) low = middle + 1; else high = middle;
  }
  return low;
}

/* piece promises one piece of a document. */
function piece(doc, n) {
  return member("d", numbered(doc) + "-" + hex(n), doc, meta.places);
}

/* values promises the values of a filter. */
function values(name) {
  return member("f", name, 0, 1);
}

function each(list, promise) {
  return Promise.all(list.map(promise));
}
