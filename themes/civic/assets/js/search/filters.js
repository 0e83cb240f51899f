/* Filters, and help for those who find nothing: on the search page alone. */

/* folds are the filters: each a folded list of values. That of the sections is
   of one report. */
function folds() {
  return every("[data-filter]");
}

function valuesOf(name) {
  return values(name === "section" ? "section/" + (state.report || meta.report) : name);
}

/* tools shows or hides the filters, and of them those that divide anything. */
function tools(hide) {
  if (full) at("[data-tools]").hidden = hide;
  if (!hide) folds().forEach(function (fold) {
    var name = fold.dataset.filter;
    fold.hidden = meta.filters.indexOf(name) < 0 && !(name === "section" && state.report);
  });
}

/* choose promises the documents of the values that are chosen. */
function choose() {
  sets = {};
  return each(folds(), function (fold) {
    var name = fold.dataset.filter, chosen = fold.querySelector("span");
    chosen.textContent = "";
    return state[name] && valuesOf(name).then(function (all) {
      sets[name] = {};
      all.forEach(function (v) {
        if (v[0] === state[name]) {
          chosen.textContent = v[1];
          runs(v[2]).forEach(function (doc) {
            sets[name][doc] = 1;
          });
        }
      });
    });
  });
}

/* fill says, in a fold that is open, how many there would be of each value. It
   must be certain of every candidate; count sees to that. */
function fill(fold) {
  var name = fold.dataset.filter, has = {};
  if (!fold.open || fold.hidden) return;
  view(name).forEach(function (x) {
    has[x.doc] = 1;
  });
  after(valuesOf(name), function (all) {
    var ul = fold.querySelector("ul"), held = ul.contains(document.activeElement) && document.activeElement.value;
    ul.textContent = "";
    all.forEach(function (v) {
      var mine = state[name] === v[0], n = runs(v[2]).filter(function (doc) {
        return has[doc];
      }).length, b;
      if (!n && !mine) return;
      b = add(add(ul, "li"), "button", v[1] + " " + n);
      b.value = v[0];
      b.setAttribute("aria-pressed", mine);
      b.onclick = function () {
        state[name] = mine ? "" : v[0];
        if (name === "report") state.section = "";
        again();
      };
      if (held === v[0]) b.focus();
    });
    if (!ul.firstChild) add(ul, "li", say("none"));
  });
}

/* again shows the same finds with other filters or in another order. */
function again() {
  state.n = "";
  clear();
  after(choose(), function () {
    tools(false);
    draw();
  });
}

/* advise tells which of several words is nowhere, and shows titles that are
   close: those that have at least half of the pairs. */
function advise() {
  var keys = [], titles = {}, nowhere;
  found.words.forEach(function (w) {
    for (var o = 0; o < w.t.length - 1 && keys.length < 12; o++) keys.push(keyAt(w.t, o));
  });
  after(Promise.all([each(keys, listOf), each(found.words, function (w) {
    return query([w.t]).then(function (q) {
      return show(q, q.order, 1);
    }).then(function (came) {
      return came[0] ? "" : w.t;
    });
  })]).then(function (got) {
    nowhere = got[1].filter(String).join("、");
    got[0].forEach(function (l) {
      l.d.forEach(function (doc, i) {
        if (l.f[i] & 2) titles[doc] = (titles[doc] || 0) + 1;
      });
    });
    return each(Object.keys(titles).filter(function (doc) {
      return titles[doc] * 2 >= keys.length;
    }).sort(function (a, b) {
      return titles[b] - titles[a] || b - a;
    }).slice(0, 3), function (doc) {
      return piece(+doc, 0);
    });
  }), function (pieces) {
    help.textContent = "";
    help.hidden = false;
    if (found.words[1]) add(help, "p", say(nowhere ? "nowhere" : "apart", nowhere));
    if (pieces[0]) add(help, "p", say("similar"));
    pieces.forEach(function (p) {
      link(add(help, "p"), p);
    });
  });
}
