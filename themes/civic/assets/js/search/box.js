/* The box: typing, keys, the address. */

var composing, timer;

/* address is a state as part of an address: q, sort, and a key for each filter. */
function address(of) {
  var out = new URLSearchParams();
  Object.keys(of).forEach(function (key) {
    if (of[key]) out.set(key, of[key]);
  });
  return "#" + out;
}

/* recall takes the state from the address. A form without a script sends ?q=. */
function recall() {
  state = {};
  new URLSearchParams(location.search.slice(1) + "&" + location.hash.slice(1)).forEach(function (value, key) {
    state[key] = value;
  });
  input.value = state.q || "";
  if (full) {
    at("[data-sort]").value = state.sort || "";
    look();
  } else if (state.q) {
    var main = document.querySelector("main"), first, e;
    mark(main, words(state.q));
    e = first = main.querySelector("mark");
    /* Folds around it open; other elements do not mind. */
    for (; e; e = e.parentElement) e.open = true;
    if (first) first.scrollIntoView({ block: "center" });
  }
}

function on(target, name, run) {
  target.addEventListener(name, run);
}

function typed() {
  clearTimeout(timer);
  if (!composing) timer = setTimeout(look, 150);
}

on(form, "submit", function (e) {
  e.preventDefault();
  clearTimeout(timer);
  if (full) look(); else location.href = form.action + address({ q: input.value });
});

/* Between compositionstart and compositionend there are letters in the box that
   nobody means. */
on(input, "compositionstart", function () {
  composing = true;
  typed();
});
on(input, "compositionend", function () {
  composing = false;
  typed();
});
on(input, "input", typed);

on(input, "focus", function () {
  if (!meta) start().catch(String);
  place.hidden = !full && !list.firstChild;
});

on(document, "keydown", function (e) {
  var key = e.key, stops = [input].concat(every("[data-result]")), i = stops.indexOf(e.target);
  if (composing) return;
  if (key === "/" && !e.ctrlKey && !e.metaKey && !e.altKey && !/^(INP|TEXT|SEL)/.test(e.target.tagName)) {
    input.select();
  } else if (i >= 0 && /^Arrow[UD]/.test(key)) {
    i = stops[i + (key === "ArrowUp" ? -1 : 1)];
    if (i) i.focus();
  } else if (key === "Escape" && (i >= 0 || place.contains(e.target))) {
    if (full && !i) {
      input.value = "";
      look();
    }
    input.focus();
    place.hidden = !full;
  } else {
    return;
  }
  e.preventDefault();
});

if (full) {
  more.onclick = function () {
    if (shown.length < size) return; /* they are on their way */
    fresh = size;
    state.n = size += 10;
    save();
    draw();
  };
  on(at("[data-sort]"), "change", function () {
    state.sort = this.value;
    again();
  });
  folds().forEach(function (fold) {
    on(fold, "toggle", function () {
      if (found) count(0);
    });
  });
  on(window, "hashchange", recall);
} else {
  on(form, "focusout", function (e) {
    if (!form.contains(e.relatedTarget)) place.hidden = true;
  });
}

recall();
