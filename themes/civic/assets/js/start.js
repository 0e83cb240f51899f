// What the other scripts share. Each registers itself under the name that
// elements ask for with data-module, and gets every such element once.
var civic = (function () {
  "use strict";

  function each(list, call) {
    Array.prototype.forEach.call(list, call);
  }

  return {
    each: each,

    // start calls a module for each element that asks for it. Scripts are
    // deferred: the page is whole.
    start: function (name, call) {
      each(document.querySelectorAll('[data-module="' + name + '"]'), call);
    },

    // keep remembers a setting where the browser lets it.
    keep: function (name, value) {
      try {
        if (value) {
          window.localStorage.setItem("civic-" + name, value);
        } else {
          window.localStorage.removeItem("civic-" + name);
        }
      } catch (e) {
        // It holds for this page then.
      }
    },

    // today is the browser's day as 2025-02-01, which compares as a text.
    today: function () {
      var now = new Date();
      function two(n) {
        return (n < 10 ? "0" : "") + n;
      }
      return now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
    }
  };
})();
