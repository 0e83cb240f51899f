// Buttons that print: the page, or the sheet for an opinion alone; and what only
// paper needs: open folds, whole addresses, the day.
(function () {
  "use strict";

  var root = document.documentElement;
  var canonical = document.querySelector("link[rel=canonical]");
  var base = canonical ? canonical.href : location.href;
  var dated = [];
  var opened = [];

  function before() {
    civic.each(document.querySelectorAll("main details:not([open]):not(.civic-fold--screen)"), function (fold) {
      fold.open = true;
      opened.push(fold);
    });
    // A file's own address would tell of the reader's disk.
    if (/^http/.test(base)) {
      civic.each(document.querySelectorAll("main a[href]"), function (link) {
        link.setAttribute("data-address", new URL(link.getAttribute("href"), base).href);
      });
    }
    dated.forEach(function (date) {
      date();
    });
  }

  function after() {
    root.removeAttribute("data-print");
    opened.forEach(function (fold) {
      fold.open = false;
    });
    opened = [];
  }

  civic.each(document.querySelectorAll("[data-print]"), function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      root.setAttribute("data-print", button.getAttribute("data-print"));
      window.print();
      if (!("onafterprint" in window)) {
        after();
      }
    });
  });

  // On telephones print returns at once, long before the sheet is made.
  window.addEventListener("afterprint", after);
  window.addEventListener("beforeprint", before);
  // Some browsers tell of paper in this way only.
  if (window.matchMedia) {
    window.matchMedia("print").addListener(function (media) {
      if (media.matches) {
        before();
      } else {
        after();
      }
    });
  }

  // At the foot of each sheet: the day of the print-out, and where the page
  // comes from, where it does not know that itself.
  civic.start("printed", function (element) {
    var text = element.textContent;
    function date() {
      element.textContent = text + civic.today();
      element.hidden = false;
    }
    dated.push(date);
    date();
  });
  civic.start("address", function (element) {
    if (/^http/.test(base)) {
      element.textContent = base.replace(/#.*/, "");
    }
  });
})();
