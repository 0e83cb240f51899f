/* What the search shows: results as they are found, and how many there are.
   [data-search] holds the places for it: on the search page, which is full, for
   all of it, under the box of other pages for the first few results. */

var input = form.q, place = document.querySelector("[data-search]"), full = place.dataset.search;
var live = at("[role=status]"), list = at("ol"), act = at("[data-act]"), more = at("[data-more]"), help = at("[data-help]");
var state = {}, turn = 0, tried = 0, found, size, fresh, shown, sets, slow;

function every(selector) {
  return [].slice.call(place.querySelectorAll(selector));
}

function at(selector) {
  return every(selector)[0];
}

/* say gives a text of the theme's i18n; layouts/assets.html brings the words. */
function say(name, n) {
  return (say.words[name] || "").replace("%n", n);
}

/* tell says how far the search is, to people and to programs, and offers what
   can be done about it. A search that takes long says that too. */
function tell(is, text, n, action, run) {
  clearTimeout(slow);
  if (is === "busy") slow = setTimeout(function () {
    tell(is, "slow", "", "retry", retry);
  }, 6e3);
  live.textContent = say(text, n);
  live.dataset.state = is;
  live.dataset.count = n;
  act.textContent = say(action);
  act.hidden = !action;
  act.onclick = run;
}

/* after goes on with the present search when a promise is kept: what comes back
   for an older one is dropped. What fails is tried once more, for the site may
   have changed since meta was read, and then told. */
function after(promise, next) {
  var mine = turn;
  promise.then(function (value) {
    if (mine === turn) next(value);
  }).catch(function () {
    if (mine === turn) {
      if (tried++) tell("error", "error", "", "retry", retry); else retry();
    }
  });
}

function retry() {
  forget();
  look();
}

/* clear empties the list before other results come. */
function clear() {
  turn++;
  list.textContent = "";
  shown = [];
  size = full ? Math.max(10, Math.min(state.n, 100)) || 10 : 5;
  if (full) more.hidden = help.hidden = true;
  save();
}

function save() {
  if (full) history.replaceState(null, "", address(state));
}

/* look starts the search for what the box and the filters say. */
function look() {
  var q = input.value.trim(), parts = words(q);
  if (q !== state.q) state.n = "";
  state.q = q;
  clear();
  tools(true);
  place.hidden = !full && !parts.length;
  if (!parts.length) return tell("idle", "", "");
  tell("busy", "busy", "");
  after(start(), function () {
    after(Promise.all([query(parts), choose()]), function (came) {
      found = came[0];
      tools(!found.all.length);
      draw();
    });
  });
}

/* view is what is found and passes all filters but one, in the order wanted. */
function view(but) {
  return (state.sort ? found.all.slice().reverse() : found.order).filter(function (x) {
    return x.ok !== false && Object.keys(sets).every(function (name) {
      return name === but || sets[name][x.doc];
    });
  });
}

function draw() {
  after(show(found, view(), size), function (came) {
    came.slice(shown.length).forEach(result);
    if (list.children[fresh]) list.children[fresh].firstChild.focus();
    fresh = -1;
    shown = came;
    count(patience);
  });
}

/* count makes the number certain, unless that takes more than limit chunks. The
   numbers in an open filter need all that is found. */
function count(limit) {
  var wide = folds().some(function (fold) {
    return fold.open;
  }), all = view(), exact = !(wide ? found.all : all).some(open), n = all.filter(sure).length;
  if (!exact && (limit || wide)) {
    tell("busy", "busy", "");
    return after(prove(found, wide ? found.all : all, wide ? 1e9 : limit), function (chunked) {
      count(chunked ? 0 : limit);
    });
  }
  tried = 0;
  if (full) more.hidden = exact && shown.length >= n;
  folds().forEach(fill);
  if (n || !exact) {
    tell("ready", exact ? "count" : "least", n, exact ? "" : "go", function () {
      count(100);
    });
  } else if (found.all.some(sure)) {
    tell("ready", "none", 0, "widen", function () {
      state = { q: state.q, sort: state.sort };
      again();
    });
  } else {
    tell("ready", "none", 0);
    if (full) advise();
  }
}

/* result shows one document. */
function result(x) {
  var item = add(list, "li"), p = x.piece, parts = found.words.map(function (w) {
    return w.t;
  });
  link(item, p).dataset.result = "";
  add(item, "p", p.slice(3, 6).filter(String).join(" · "));
  add(item, "p", excerpt(x, parts));
  mark(item, parts);
}

function link(item, p) {
  var a = add(item, "a", p[2]);
  a.href = root + p[1] + address({ q: state.q });
  return a;
}

/* excerpt cuts out of the texts what stands around a word, but not out of those
   that say the title again. */
function excerpt(x, parts) {
  var text = x.texts[0] || "", from = 0;
  x.texts.some(function (t) {
    var r = t.indexOf(x.piece[2]) < 0 && ranges(t, parts)[0];
    if (r) {
      text = t;
      from = Math.max(0, r[0] - 24);
    }
    return r;
  });
  return (from ? "…" : "") + text.slice(from, from + 110).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, "") + (text[from + 110] ? "…" : "");
}
