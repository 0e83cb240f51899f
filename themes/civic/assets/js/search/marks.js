/* Marks words in texts: in results, and on the page that a result leads to. Of
   text fragments (#:~:text=) browsers find whole words only, as they cut them:
   of a part of a sentence in Chinese they find nothing. */

/* ranges gives where in a text the words stand, as [from, to], in order. */
function ranges(text, list) {
  var n = normal(text), out = [], end = 0;
  list.forEach(function (word) {
    for (var i = -1; (i = n.s.indexOf(word, i + 1)) >= 0;) {
      var last = n.at[i + word.length - 1];
      out.push([n.at[i], last + (/[\ud800-\udbff]/.test(text[last]) ? 2 : 1)]);
    }
  });
  return out.sort(function (a, b) {
    return a[0] - b[0] || b[1] - a[1];
  }).filter(function (r) {
    return r[0] >= end && (end = r[1]);
  });
}

function add(parent, name, text) {
  var e = document.createElement(name);
  e.textContent = text || "";
  parent.appendChild(e);
  return e;
}

/* write puts a text with its marks into an element. */
function write(e, text, list) {
  var at = 0;
  ranges(text, list).forEach(function (r) {
    e.appendChild(document.createTextNode(text.slice(at, r[0])));
    add(e, "mark", text.slice(r[0], r[1]));
    at = r[1];
  });
  e.appendChild(document.createTextNode(text.slice(at)));
}

/* markPage marks words on a page, across the elements within a block, and brings
   the first into sight. */
function markPage(list) {
  var walker = document.createTreeWalker(document.querySelector("main"), 4), node, block, run = [], first;
  function flush() {
    var text = run.map(function (t) { return t.data; }).join(""), end = text.length;
    var found = ranges(text, list);
    /* From the end, so that offsets before stay right. */
    while ((node = run.pop())) {
      var from = end - node.data.length;
      for (var i = found.length; i--;) {
        var a = Math.max(found[i][0], from), b = Math.min(found[i][1], end);
        if (a < b) {
          node.splitText(b - from);
          first = document.createElement("mark");
          node.parentNode.replaceChild(first, node.splitText(a - from));
          first.textContent = text.slice(a, b);
        }
      }
      end = from;
    }
  }
  var nodes = [];
  while ((node = walker.nextNode())) nodes.push(node);
  nodes.forEach(function (t) {
    var of = t.parentNode.closest("p,li,dd,dt,td,th,h1,h2,h3,h4,h5,h6,summary,blockquote,caption") || t.parentNode;
    if (of !== block) flush();
    block = of;
    run.push(t);
  });
  flush();
  first = document.querySelector("main mark");
  if (!first) return;
  for (node = first; node; node = node.parentNode) {
    if (node.tagName === "DETAILS") node.open = true;
  }
  first.scrollIntoView({ block: "center" });
}
