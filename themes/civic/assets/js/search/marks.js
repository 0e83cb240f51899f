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

/* mark marks words below an element, across the elements within a block. */
function mark(root, list) {
  var walker = document.createTreeWalker(root, 4), nodes = [], run = [], node, block;
  function flush() {
    var text = run.map(function (t) { return t.data; }).join(""), end = text.length, found = ranges(text, list);
    /* From the end, so that offsets before stay right. */
    while ((node = run.pop())) {
      var from = end - node.data.length;
      for (var i = found.length; i--;) {
        var a = Math.max(found[i][0], from), b = Math.min(found[i][1], end), m;
        if (a < b) {
          node.splitText(b - from);
          m = document.createElement("mark");
          m.textContent = text.slice(a, b);
          node.parentNode.replaceChild(m, node.splitText(a - from));
        }
      }
      end = from;
    }
  }
  while ((node = walker.nextNode())) nodes.push(node);
  nodes.forEach(function (t) {
    for (var of = t.parentNode; /^(A|B|CODE|DEL|EM|I|S|SPAN|STRONG|SUB|SUP)$/.test(of.tagName);) of = of.parentNode;
    if (of !== block) flush();
    block = of;
    run.push(t);
  });
  flush();
}

function add(parent, name, text) {
  var e = document.createElement(name);
  e.textContent = text || "";
  parent.appendChild(e);
  return e;
}
