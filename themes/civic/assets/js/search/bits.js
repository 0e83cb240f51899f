/* Reads numbers out of bytes, the lowest bit of each first, and lists out of
   numbers. The codes and the layout are those of site/search/doc.go. Whatever is
   read is read to its end before the next begins. */

var bytes, byte, hold, held;

function read(base64) {
  bytes = atob(base64);
  byte = hold = held = 0;
}

function bits(k) {
  if (k > 16) return bits(16) + bits(k - 16) * 65536;
  while (held < k) {
    /* Without this a file that was cut short would be read for ever. */
    if (byte >= bytes.length) throw 0;
    hold |= bytes.charCodeAt(byte++) << held;
    held += 8;
  }
  var v = hold & (1 << k) - 1;
  hold >>>= k;
  held -= k;
  return v;
}

function unary() {
  var v = 0;
  while (!bits(1)) v++;
  return v;
}

function gamma() {
  var n = unary();
  return Math.pow(2, n) + bits(n);
}

function rice(k) {
  return unary() * Math.pow(2, k) + bits(k);
}

function golomb(k) {
  return (gamma() - 1) * Math.pow(2, k) + bits(k);
}

/* parameter is the k of the Rice codes for n numbers below a limit. */
function parameter(limit, n) {
  var k = 0;
  while (k < 31 && 3 * n * Math.pow(2, k + 1) <= 2 * limit) k++;
  return k;
}

/* spots reads where a pair stands in one document. */
function spots(flags) {
  var n = flags & 1 ? gamma() + 1 : 1, next = 0, out = [];
  while (n--) {
    out.push(next += golomb(meta.spot));
    next++;
  }
  return out;
}

/* readList reads a list: d its documents, f their flags (1 several, 2 in the
   title), p their places as far as they are known. Only pairs have places; those
   of a list with a width lie in chunks of 2^width documents. */
function readList(pairs) {
  var n = gamma(), k = parameter(meta.places, n), next = 0, l = { d: [], f: [], p: [] };
  if (pairs && bits(1)) l.width = bits(5);
  while (n--) {
    l.d.push(next += rice(k));
    next++;
    var f = bits(1);
    if (f && bits(1)) f = 2 + bits(1);
    l.f.push(f);
    if (pairs && !l.width) l.p.push(spots(f));
  }
  return l;
}

/* find looks for a hash in a shard. */
function find(base64, shard, shards, hash, pairs) {
  read(base64);
  var n = gamma() - 1, k = parameter(4294967296 / shards, n), at = Math.floor(shard * 4294967296 / shards), l;
  while (n--) {
    at += rice(k);
    l = readList(pairs);
    if (at === hash) return l;
    at++;
  }
  return { d: [], f: [], p: [] };
}

/* runs reads the documents of a value of a filter. */
function runs(base64) {
  read(base64);
  var n = gamma(), at = 0, out = [], length;
  while (n--) {
    at += gamma() - 1;
    for (length = gamma(); length--;) out.push(at++);
  }
  return out;
}
