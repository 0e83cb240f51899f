/* What a query finds. A query is one or more words, all of which an item must
   hold; what stands in quotes is one word. It is answered in three steps:

   query  gives the candidates: documents that hold the first and the last pair
          of every word, in fitting places where these are known
   show   makes results of some of them; what is not certain yet is looked for
          in their texts, which are wanted anyway
   prove  goes through the other pairs, and through places that lie in chunks:
          then it is certain of every candidate, and they can be counted */

/* Words of more units may reach over the end of a piece. */
var longest = 60;

/* words splits a query into normal forms. */
function words(text) {
  var out = [];
  text.replace(/"([^"]+)"|“([^”]+)”(?!\S)|\S+/g, function (word, a, b) {
    word = normal(a || b || word).s;
    if (word && out.indexOf(word) < 0) out.push(word);
  });
  return out;
}

function holds(text, word) {
  return normal(text).s.indexOf(word) >= 0;
}

/* by makes a check of a word's candidates, which come in rising order, against
   one of its lists. */
function by(word, list, offset) {
  var i = 0;
  if (list.width !== undefined) word.open.push([list, offset]);
  return function (c) {
    if (c.ok) return true;
    while (list.d[i] < c.doc) i++;
    if (list.d[i] !== c.doc) return false;
    c.f &= list.f[i];
    return meet(c, list.p[i], offset);
  };
}

/* meet keeps those places of a candidate that a list confirms. */
function meet(c, places, offset) {
  if (places) {
    c.p = (c.p || places.map(function (at) {
      return at - offset;
    })).filter(function (at) {
      return at >= 0 && places.indexOf(at + offset) >= 0;
    });
  }
  return !c.p || c.p.length > 0;
}

/* keyAt is what is looked up for the place o of a text: three digits or a pair. */
function keyAt(text, o) {
  return (/^\d{3}/.exec(text.substr(o)) || [text.substr(o, 2)])[0];
}

/* cover chooses keys of a text by their offsets: first the two rarest, as far
   from each other as may be, then as many as it takes to have every character
   in one of them. */
function cover(text) {
  var last = text.length - 2, levels = [], covered = [], out = [], o;
  function take(o) {
    out.push(o);
    for (var i = keyAt(text, o).length; i--;) covered[o + i] = true;
    levels[o] = 9;
  }
  for (o = 0; o <= last; o++) levels.push(often[hash(keyAt(text, o)) >>> 18] || 0);
  take(levels.indexOf(Math.min.apply(0, levels)));
  o = levels.lastIndexOf(Math.min.apply(0, levels));
  if (levels[o] < 9) take(o);
  for (o = 0; o <= last + 1; o++) {
    if (!covered[o]) {
      take([o, o - 1, o - 2].filter(function (p) {
        return p >= 0 && p <= last && p + keyAt(text, p).length > o;
      }).reduce(function (a, b) {
        return levels[b] < levels[a] ? b : a;
      }));
    }
  }
  return out;
}

/* word promises a word t with its candidates c: {doc, f, p, ok}, where f are the
   flags that all lists agree on, p the places where the word may begin if any
   are known, and ok says that it is certain. open are lists whose places may be
   wanted, rest the offsets of pairs that have not been looked at. */
function word(text) {
  var n = text.length, w = { t: text, open: [], rest: n > 1 ? cover(text) : [] }, offsets = n > 1 ? w.rest.splice(0, 2) : [0];
  return Promise.all([
    each(offsets, function (o) {
      return listOf(keyAt(text, o));
    }),
    /^\d{6}$/.test(text) ? listOf(65536 + +text) : 0,
    meta.status.some(function (s) { return holds(s, text); }) ? values("status") : []
  ]).then(function (found) {
    w.c = found[0][0].d.map(function (doc) {
      return { doc: doc, f: 3 };
    });
    found[0].forEach(function (list, i) {
      w.c = w.c.filter(by(w, list, offsets[i]));
    });
    if (n === keyAt(text, 0).length) w.open = [];
    if (!w.open.length && !w.rest.length) w.c.forEach(certain);
    if (found[1]) w.c = union(w.c, found[1].d, 2);
    found[2].forEach(function (v) {
      if (holds(v[1], text)) w.c = union(w.c, runs(v[2]), 0);
    });
    return w;
  });
}

function certain(c) {
  c.ok = true;
}

/* union adds documents that are certain. */
function union(all, docs, flags) {
  var out = [], i = 0;
  docs.forEach(function (doc) {
    while (i < all.length && all[i].doc < doc) out.push(all[i++]);
    var c = i < all.length && all[i].doc === doc ? all[i++] : { doc: doc, f: 0 };
    c.f |= flags;
    c.ok = true;
    out.push(c);
  });
  return out.concat(all.slice(i));
}

/* query promises what is found: words, all candidates by their numbers, and in
   order, the best first. A candidate is {doc, w, s, ok}: w those of the words, s
   what it is ordered by, and ok whether it is true, false or not certain. */
function query(text) {
  var parts = words(text), seams = [];
  for (var i = 1; i < parts.length; i++) seams.push(parts[i - 1].slice(-1) + parts[i][0]);
  return Promise.all([each(parts, word), each(seams, listOf)]).then(function (found) {
    var q = { words: found[0], all: [], order: [] };
    q.words.forEach(function (w, k) {
      var i = 0;
      if (!k) {
        q.all = w.c.map(function (c) {
          return { doc: c.doc, w: [c] };
        });
        return;
      }
      q.all = q.all.filter(function (x) {
        while (i < w.c.length && w.c[i].doc < x.doc) i++;
        return i < w.c.length && w.c[i].doc === x.doc && x.w.push(w.c[i]);
      });
    });
    q.all.forEach(function (x) {
      var flags = 3;
      x.w.forEach(function (c) {
        flags &= c.f;
      });
      x.ok = whole(q, x);
      x.s = (flags & 2) * 2 + (flags & 1) + (seams.length && found[1].every(function (l) {
        return l.d[indexOf(l.d, x.doc)] === x.doc;
      }) ? 2 : 0);
    });
    for (var s = 8; s--;) {
      for (i = q.all.length; i--;) {
        if (q.all[i].s === s) q.order.push(q.all[i]);
      }
    }
    return q;
  });
}

/* prove makes candidates certain, in their order: first by further pairs of the
   words, a few at a time, then by places, as far as no more than limit chunks
   have to be fetched. */
function prove(q, order, limit) {
  var rest = q.words.some(function (w) {
    return w.rest.length;
  });
  return rest ? pairs(q) : chunks(q, order, limit);
}

function pairs(q) {
  return each(q.words, function (w) {
    var some = w.rest.splice(0, 2);
    return each(some, function (o) {
      return listOf(keyAt(w.t, o));
    }).then(function (found) {
      return found.map(function (list, i) {
        return by(w, list, some[i]);
      });
    });
  }).then(function (checks) {
    q.all.forEach(function (x) {
      if (x.ok !== false) {
        x.ok = checks.every(function (of, k) {
          return of.every(function (check) {
            return check(x.w[k]);
          });
        }) && (x.ok || whole(q, x));
      }
    });
  });
}

/* whole tells whether nothing is left to be looked at for a candidate: it is
   true then, and else undefined. */
function whole(q, x) {
  return q.words.every(function (w, k) {
    return x.w[k].ok || !w.rest.length && !w.open.length;
  }) || undefined;
}

function chunks(q, order, limit) {
  var wanted = {}, n = 0, ready = [];
  order.every(function (x) {
    if (open(x)) {
      wants(q, x, function (list) {
        var at = x.doc >> list.width, name = list.h + "-" + at;
        if (!wanted[name]) {
          wanted[name] = chunk(list, at);
          n++;
        }
      });
      ready.push(x);
    }
    return n < limit;
  });
  return each(Object.keys(wanted), function (name) {
    return wanted[name].then(function (places) {
      wanted[name] = places;
    });
  }).then(function () {
    ready.forEach(function (x) {
      x.ok = true;
      wants(q, x, function (list, offset, c) {
        if (!meet(c, wanted[list.h + "-" + (x.doc >> list.width)][x.doc], offset)) x.ok = false;
      });
    });
  });
}

/* wants goes through the lists whose places are wanted for a candidate. */
function wants(q, x, visit) {
  q.words.forEach(function (w, k) {
    if (!x.w[k].ok) {
      w.open.forEach(function (o) {
        visit(o[0], o[1], x.w[k]);
      });
    }
  });
}

/* open tells that it is not certain whether a candidate is true. */
function open(x) {
  return x.ok === undefined;
}

/* show promises the first n of an order that are true, with their texts. These
   are asked before the index if few candidates are left, and once in any case:
   if they say yes, nothing was in vain. */
function show(q, order, n) {
  var shown = [], next = 0, limit = 1, ask = true, fits = q.words.every(function (w) {
    return w.t.length <= longest;
  });
  return (function more() {
    var batch = order.slice(next).filter(function (x) {
      return x.ok !== false;
    }).slice(0, n - shown.length);
    if (!batch.length) return Promise.resolve(shown);
    if (batch.some(open)) {
      if (!fits || !ask && order.filter(open).length > 10) return prove(q, order, limit *= 3).then(more);
      ask = false;
    }
    return each(batch, function (x) {
      next = order.indexOf(x) + 1;
      return read(q, x);
    }).then(function () {
      shown = shown.concat(batch.filter(function (x) {
        return x.ok;
      }));
      return shown.length < n ? more() : shown;
    });
  })();
}

/* read fetches pieces of a candidate until all words that are not certain, and
   at least one word, are found in them, or until there are no more. */
function read(q, x) {
  var next = 0, at = 0;
  if (x.piece) return x;
  x.w.forEach(function (c) {
    if (c.p) at = at || c.p[0] >> 9;
  });
  x.texts = [];
  return (function more(pieces) {
    return each(pieces, function (n) {
      return piece(x.doc, n);
    }).then(function (came) {
      came.forEach(function (p) {
        x.piece = x.piece || p;
        x.texts = x.texts.concat(p[6]);
      });
      var text = x.piece.slice(2, 4).concat(x.texts).map(function (t) {
        return normal(t).s;
      }).join("\n"), missing = 0, there = 0;
      q.words.forEach(function (w, k) {
        if (text.indexOf(w.t) >= 0) there++; else if (!x.w[k].ok && open(x)) missing++;
      });
      pieces = [];
      for (; (missing || !there) && next < x.piece[0] && pieces.length < 4; next++) {
        if (next !== at) pieces.push(next);
      }
      if (pieces.length) return more(pieces);
      if (open(x)) x.ok = !missing;
      return x;
    });
  })([at]);
}
