/* What the search shows: results as they are found, and how many there are.
   [data-search] holds the places for it: on the search page, which is full, for
   all of it, under the box of other pages for the first few results. */

var input = form.q, place = document.querySelector("[data-search]"), full = place.dataset.search;
var live = at("[role=status]"), list = at("ol"), act = at("[data-act]"), more = at("[data-more]"), help = at("[data-help]");
var state = {}, turn = 0, found, size, fresh, shown, sets;

function at(selector) {
  return place.querySelector(selector);
}

function say(name, n) {
  return say.words[name].replace("%n", n);
}

/* tell says how far the search is, to people and to programs, and offers what
   can be done about it. */
function tell(is, text, count, action, run) {
  live.textContent = text;
  live.dataset.state = is;
  live.dataset.count = count >= 0 ? count : "";
  act.hidden = !action;
  act.textContent = action;
  act.onclick = run;
}

/* after goes on with the present search when a promise is kept: what comes back
   for an older one is dropped, and what fails is told. */
function after(promise, next) {
  var mine = turn;
  promise.then(function (value) {
    if (mine === turn) next(value);
  }).catch(function () {
    if (mine === turn) tell("error", say("error"), -1, say("retry"), function () {
      forget();
      look();
    });
  });
}

/* clear empties the list before other results come. */
function clear() {
  turn++;
  list.textContent = "";
  shown = [];
  size = full ? 10 : 5;
  if (full) {
    more.hidden = help.hidden = true;
    history.replaceState(null, "", address(state));
  }
}

/* look starts the search for what the box and the filters say. */
function look() {
  var parts = words(state.q = input.value.trim());
  clear();
  tools(true);
  place.hidden = !full && !parts.length;
  if (!parts.length) return tell("idle", "");
  tell("busy", say("busy"));
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
    if (fresh && list.children[fresh]) list.children[fresh].firstChild.focus();
    fresh = 0;
    shown = came;
    count(patience);
  });
}

/* count makes the number certain, unless that takes more than limit chunks. */
function count(limit) {
  var all = view(), exact = !all.some(open), n = all.filter(function (x) {
    return x.ok;
  }).length;
  if (!exact && limit) {
    tell("busy", say("busy"));
    return after(prove(found, all, limit), function (chunked) {
      count(chunked ? 0 : limit);
    });
  }
  tell("ready", say(exact ? n ? "count" : "none" : "least", n), n, exact ? "" : say("go"), function () {
    count(100);
  });
  if (full) {
    more.hidden = exact && shown.length >= n;
    folds().forEach(fill);
    if (!n && exact) advise();
  }
}

/* result shows one document. */
function result(x) {
  var item = add(list, "li"), p = x.piece, parts = found.words.map(function (w) {
    return w.t;
  });
  link(item, p, parts).dataset.result = "";
  write(add(item, "p"), p.slice(3, 6).filter(String).join(" · "), parts);
  write(add(item, "p"), excerpt(x, parts), parts);
}

function link(item, p, parts) {
  var a = add(item, "a");
  a.href = root + p[1] + address({ q: state.q });
  write(a, p[2], parts);
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
  return (from ? "…" : "") + text.slice(from, from + 110).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, "") + (text.length > from + 110 ? "…" : "");
}
