// Runs before anything is seen, so that a reader's own settings do not come in
// with a flash: which marks the root element carries decides how a page looks.
// It is written for browsers of the Chrome 70 class, like all scripts here.
(function (root, script) {
  "use strict";

  // From a folder, and in some private windows, asking for the memory throws.
  function kept(name) {
    try {
      return window.localStorage.getItem("civic-" + name);
    } catch (e) {
      return null;
    }
  }

  function mark(name, allowed) {
    var value = kept(name);
    if (value !== null && allowed.indexOf(value) >= 0) {
      root.setAttribute("data-" + name, value);
    }
  }

  root.setAttribute("data-script", "");
  mark("size", ["2", "3"]);
  mark("contrast", ["high"]);
  mark("list", ["lines"]);

  // Old data: both days are read as local ones.
  var asOf = /^(\d{4})-(\d\d)-(\d\d)$/.exec(script.getAttribute("data-as-of") || "");
  var days = parseInt(script.getAttribute("data-stale"), 10);
  if (asOf && days > 0) {
    var last = new Date(+asOf[1], +asOf[2] - 1, +asOf[3] + days);
    var now = new Date();
    if (new Date(now.getFullYear(), now.getMonth(), now.getDate()) > last) {
      root.setAttribute("data-stale", "");
    }
  }
})(document.documentElement, document.currentScript);
