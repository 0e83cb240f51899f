/* What a query finds. A query is one or more words, all of which an item must
   hold; what stands in quotes is one word. It is answered in three steps:

   query  gives the candidates: documents that hold two rare keys of every word,
          in fitting places where these are known
   show   makes results of some of them; what is not certain yet is looked for
          in their texts, which are wanted anyway
   prove  goes through the other keys, and through places that lie in chunks:
          then it is certain of every candidate, and they can be counted */

/* Words of more units may reach over the end of a piece. */
var longest = 60;

/* Chunks that are fetched without being asked, to count: some 64 KB. */
var patience = 12;

/* words splits a query into normal forms. */
function words(text) {
  var out = [];
  text.replace(/"([^"]+)"|“([^”]+)”(?!\S)|\S+/g, function (word, a, b) {
    word = normal(a || b || word).s;
    if (word) out.push(word);
  });
  return out;
}

/* keyAt is the key that stands in a text at o: three digits, a pair, or a unit. */
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
  function rarest() {
    return Math.min.apply(0, levels);
  }
  if (last < 0) return [0];
  for (o = 0; o <= last; o++) levels.push(often[hash(keyAt(text, o)) >>> 18] || 0);
  take(levels.indexOf(rarest()));
  if (keyAt(text, 0) !== text) take(levels.lastIndexOf(rarest()));
  for (o = 0; o <= last + 1; o++) {
    if (!covered[o]) take(Math.min(o, last));
  }
  return out;
}

/* word promises a word: its text t, whether it is nothing but punctuation, the
   offsets o of its keys, the lists l of the first of them, and the flags of
   documents that hold it for certain, be it as their number or as the word for
   their status. Of several words it takes one list each, n, as together they
   say enough; but of punctuation only lists say anything. */
function word(text, i, all) {
  var w = { n: all[1] && !punctuation.test(all.join("")) ? 1 : 2, t: text, mark: punctuation.test(text[0]), o: cover(text), l: [], sure: {} };
  function certain(flags) {
    return function (doc) {
      var at = indexOf(w.l[0].d, doc);
      w.sure[doc] = flags | (w.l[0].d[at] === doc && w.l[0].f[at]);
    };
  }
  return Promise.all([
    /^\d{6}$/.test(text) ? listOf(text) : { d: [] },
    meta.status.indexOf(text) < 0 ? [] : values("status"),
    widen(w)
  ]).then(function (found) {
    found[0].d.forEach(certain(2));
    found[1].forEach(function (v) {
      if (normal(v[1]).s.indexOf(text) >= 0) runs(v[2]).forEach(certain(0));
    });
    return w;
  });
}

/* widen fetches n more lists of a word. */
function widen(w) {
  var from = w.l.length;
  return each(w.o.slice(from, from + w.n), function (o) {
    return listOf(keyAt(w.t, o));
  }).then(function (found) {
    /* Who proves and who counts may both be at it. */
    found.forEach(function (l, i) {
      w.l[from + i] = l;
    });
  });
}

/* check says of a candidate whether it is true, false, or, by 0, not certain. On
   the way it learns f, the flags that all lists agree on, and a place to look. */
function check(q, x) {
  var certain = true;
  x.f = 3;
  return q.words.every(function (w) {
    var places;
    if (w.sure[x.doc] >= 0) {
      x.f &= w.sure[x.doc];
      return true;
    }
    if (w.l.length < w.o.length) certain = 0;
    return w.l.every(function (l, i) {
      var at = indexOf(l.d, x.doc), p;
      if (l.d[at] !== x.doc) return false;
      x.f &= l.f[at];
      p = l.width ? (q.chunks[chunkOf(l, x)] || {})[x.doc] : l.p[at];
      if (p) {
        places = (places || p.map(function (at) {
          return at - w.o[i];
        })).filter(function (at) {
          return at >= 0 && p.indexOf(at + w.o[i]) >= 0;
        });
        if (!w.mark) x.at = places[0];
        return places[0] >= 0;
      }
      if (w.o.length > 1) certain = 0;
      return true;
    });
  }) && certain;
}

function chunkOf(l, x) {
  return l.h + "-" + (x.doc >> l.width);
}

/* open tells that it is not certain whether a candidate is true. */
function open(x) {
  return x.ok === 0;
}

function sure(x) {
  return x.ok;
}

/* query promises what is found for words: all candidates by their numbers, and in
   order, the best first. A candidate is {doc, ok, s}: ok as check has it, and s
   what it is ordered by: 4 all words are in the title, 2 they stand in a row,
   1 they stand there several times. Of equal ones the newer comes first. */
function query(parts) {
  var seams = [];
  parts.forEach(function (part, i) {
    if (i) seams.push(parts[i - 1].slice(-1) + part[0]);
  });
  return Promise.all([each(parts, word), each(seams, listOf)]).then(function (found) {
    var q = { words: found[0], chunks: {} }, first = q.words[0], docs = Object.assign({}, first.sure);
    first.l[0].d.forEach(function (doc) {
      docs[doc] = 1;
    });
    /* Such keys come in rising order. */
    q.all = Object.keys(docs).map(function (doc) {
      return { doc: +doc };
    }).filter(function (x) {
      x.ok = check(q, x);
      x.s = (x.f & 2) * 2 + (x.f & 1) + (seams.length && found[1].every(function (l) {
        return l.d[indexOf(l.d, x.doc)] === x.doc;
      }) ? 2 : 0);
      return x.ok !== false;
    });
    q.order = q.all.slice().sort(function (a, b) {
      return b.s - a.s || b.doc - a.doc;
    });
    return q;
  });
}

/* prove makes candidates certain, in their order: first by further keys of the
   words, a few at a time, then by places, as far as no more than limit chunks
   have to be fetched. It promises true when it was about chunks. */
function prove(q, order, limit) {
  var wanted = {}, n = 0, wide = q.words.some(function (w) {
    return w.l.length < w.o.length;
  });
  if (!wide) {
    order.every(function (x) {
      if (open(x)) {
        q.words.forEach(function (w) {
          w.l.forEach(function (l) {
            var name = l.width && chunkOf(l, x);
            if (name && !q.chunks[name] && !wanted[name]) {
              wanted[name] = chunk(l, x.doc >> l.width);
              n++;
            }
          });
        });
      }
      return n < limit;
    });
  }
  return (wide ? each(q.words, widen) : each(Object.keys(wanted), function (name) {
    return wanted[name].then(function (places) {
      q.chunks[name] = places;
    });
  })).then(function () {
    q.all.forEach(function (x) {
      if (open(x)) x.ok = check(q, x);
    });
    return !wide;
  });
}

/* show promises the first n of an order that are true, with their texts. These
   are asked before the index if few candidates are left, and in any case once,
   and once more when further keys are known: if they say yes, nothing was in
   vain. Of punctuation their normal forms say nothing, and of long words not
   all. */
function show(q, order, n) {
  var shown = [], next = 0, limit = 1, fits = q.words.every(function (w) {
    return !w.mark && w.t.length <= longest;
  });
  return (function more(asked) {
    var batch = order.slice(next).filter(function (x) {
      return x.ok !== false;
    }).slice(0, n - shown.length);
    if (!batch.length) return Promise.resolve(shown);
    if (batch.some(open)) {
      if (!fits || asked && order.filter(open).length > 10) return prove(q, order, limit *= 3).then(more);
      asked = 1;
    }
    return each(batch, function (x) {
      next = order.indexOf(x) + 1;
      return texts(q, x);
    }).then(function () {
      shown = shown.concat(batch.filter(sure));
      return shown.length < n ? more(asked) : shown;
    });
  })();
}

/* texts fetches pieces of a candidate until all words that are not certain, and
   at least one word, are found in them, or until there are no more. */
function texts(q, x) {
  var next = 0, at = x.at >> 9, said = [], marks = q.words.every(function (w) {
    return w.mark;
  });
  if (x.piece) return;
  return (function more(numbers) {
    return each(numbers, function (n) {
      return piece(x.doc, n);
    }).then(function (pieces) {
      var p = pieces[0], missing = 0, there = marks;
      pieces.forEach(function (p) {
        said = said.concat(p[6]);
      });
      var all = p.slice(2, 4).concat(said).map(function (t) {
        return normal(t).s;
      }).join("\n");
      q.words.forEach(function (w) {
        if (all.indexOf(w.t) >= 0) there = 1; else if (!(w.sure[x.doc] >= 0) && open(x)) missing++;
      });
      numbers = [];
      for (; (missing || !there) && next < p[0] && numbers.length < 4; next++) {
        if (next !== at) numbers.push(next);
      }
      if (numbers.length) return more(numbers);
      if (open(x)) x.ok = !missing;
      x.piece = p;
      x.texts = said;
    });
  })([at]);
}
