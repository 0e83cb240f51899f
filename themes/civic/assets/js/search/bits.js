/* Reads numbers out of bytes, the lowest bit of each first, and lists out of
   numbers. The codes and the layout are those of site/search/doc.go. */

function Bits(base64) {
  this.bytes = atob(base64);
  this.at = this.hold = this.n = 0;
}

Bits.prototype = {
  bits: function (k) {
    if (k > 16) return this.bits(16) + this.bits(k - 16) * 65536;
    while (this.n < k) {
      /* Without this a file that was cut short would be read for ever. */
      if (this.at >= this.bytes.length) throw Error("short");
      this.hold |= this.bytes.charCodeAt(this.at++) << this.n;
      this.n += 8;
    }
    var v = this.hold & ((1 << k) - 1);
    this.hold >>>= k;
    this.n -= k;
    return v;
  },
  unary: function () {
    var v = 0;
    while (!this.bits(1)) v++;
    return v;
  },
  gamma: function () {
    var n = this.unary();
    return Math.pow(2, n) + this.bits(n);
  },
  rice: function (k) {
    return this.unary() * Math.pow(2, k) + this.bits(k);
  },
  golomb: function (k) {
    return (this.gamma() - 1) * Math.pow(2, k) + this.bits(k);
  }
};

/* parameter is the k of the Rice codes for n numbers below a limit. */
function parameter(limit, n) {
  var k = 0;
  while (k < 31 && 3 * n * Math.pow(2, k + 1) <= 2 * limit) k++;
  return k;
}

/* spots reads where a pair stands in one document. */
function spots(r, flags) {
  var n = flags & 1 ? r.gamma() + 1 : 1, next = 0, out = [];
  while (n--) {
    out.push(next += r.golomb(meta.spot));
    next++;
  }
  return out;
}

/* readList reads a list: d its documents, f their flags (1 several, 2 in the
   title), p their places as far as they are known. Only pairs have places; those
   of a list with a width lie in chunks of 2^width documents. */
function readList(r, pairs) {
  var n = r.gamma(), k = parameter(meta.places, n), next = 0, l = { d: [], f: [], p: [] };
  if (pairs && r.bits(1)) l.width = r.bits(5);
  while (n--) {
    l.d.push(next += r.rice(k));
    next++;
    var f = r.bits(1);
    if (f && r.bits(1)) f = 2 + r.bits(1);
    l.f.push(f);
    if (pairs && l.width === undefined) l.p.push(spots(r, f));
  }
  return l;
}

/* find looks for a hash in a shard. */
function find(base64, shard, shards, hash, pairs) {
  var r = new Bits(base64), n = r.gamma() - 1;
  var k = parameter(4294967296 / shards, n), at = Math.floor(shard * 4294967296 / shards);
  while (n--) {
    at += r.rice(k);
    var l = readList(r, pairs);
    if (at === hash) return l;
    at++;
  }
  return { d: [], f: [], p: [] };
}

/* runs reads the documents of a value of a filter. */
function runs(base64) {
  var r = new Bits(base64), n = r.gamma(), at = 0, out = [];
  while (n--) {
    at += r.gamma() - 1;
    for (var length = r.gamma(); length--;) out.push(at++);
  }
  return out;
}
