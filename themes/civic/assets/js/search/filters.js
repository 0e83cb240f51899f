/* Filters, and help for those who find nothing: on the search page alone. */

/* folds are the filters: each a folded list of values. That of the sections is
   of one report. */
function folds() {
  return [].slice.call(place.querySelectorAll("[data-filter]"));
}

function valuesOf(name) {
  return values(name === "section" ? "section/" + (state.report || meta.report) : name);
}

/* tools shows or hides the filters, and of them those that divide anything. */
function tools(hide) {
  if (full) at("[data-tools]").hidden = hide;
  if (!hide) folds().forEach(function (fold) {
    var name = fold.dataset.filter;
    fold.hidden = name === "section" ? !state.report && !meta.report : meta.filters.indexOf(name) < 0;
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

/* fill counts, in a fold that is open, how many there would be of each value. */
function fill(fold) {
  var name = fold.dataset.filter, all, has = {};
  if (!fold.open || !found) return;
  all = view(name);
  if (all.some(open)) return after(prove(found, all, 1e9), function () {
    fill(fold);
  });
  all.forEach(function (x) {
    has[x.doc] = 1;
  });
  after(valuesOf(name), function (all) {
    var ul = fold.querySelector("ul");
    ul.textContent = "";
    all.forEach(function (v) {
      var mine = state[name] === v[0], n = runs(v[2]).filter(function (doc) {
        return has[doc];
      }).length;
      if (!n && !mine) return;
      var b = add(add(ul, "li"), "button", v[1] + " " + n);
      b.type = "button";
      b.setAttribute("aria-pressed", mine);
      b.onclick = function () {
        state[name] = mine ? "" : v[0];
        if (name === "report") state.section = "";
        again();
      };
    });
  });
}

/* again shows the same finds with other filters or in another order. */
function again() {
  clear();
  after(choose(), function () {
    tools(false);
    draw();
  });
}

/* advise tells which of several words is nowhere, and shows titles that are
   close. */
function advise() {
  var keys = [], titles = {};
  found.words.forEach(function (w) {
    for (var o = 0; o < w.t.length - 1 && keys.length < 12; o++) keys.push(keyAt(w.t, o));
  });
  after(each(found.words, function (w) {
    return query([w.t]).then(function (q) {
      return show(q, q.order, 1);
    }).then(function (came) {
      return came.length ? "" : w.t;
    });
  }), function (nowhere) {
    nowhere = nowhere.filter(String).join("、");
    help.textContent = "";
    help.hidden = false;
    if (found.words[1]) add(help, "p", nowhere ? say("nowhere", nowhere) : say("apart"));
    after(each(keys, listOf), function (lists) {
      lists.forEach(function (l) {
        l.d.forEach(function (doc, i) {
          if (l.f[i] & 2) titles[doc] = (titles[doc] || 0) + 1;
        });
      });
      after(each(Object.keys(titles).filter(function (doc) {
        return titles[doc] * 2 >= keys.length;
      }).sort(function (a, b) {
        return titles[b] - titles[a] || b - a;
      }).slice(0, 3), function (doc) {
        return piece(+doc, 0);
      }), function (pieces) {
        if (pieces[0]) add(help, "p", say("similar"));
        var ul = add(help, "ul");
        pieces.forEach(function (p) {
          link(add(ul, "li"), p, []);
        });
      });
    });
  });
}
