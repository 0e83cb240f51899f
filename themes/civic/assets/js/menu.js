// The menu of narrow screens: a link to the navigation becomes a button that
// opens and closes it.
(function () {
  "use strict";

  civic.start("menu", function (link) {
    var nav = document.getElementById(link.getAttribute("href").slice(1));
    if (!nav) {
      return;
    }

    function open(yes) {
      link.setAttribute("aria-expanded", String(yes));
      if (yes) {
        nav.setAttribute("data-open", "");
      } else {
        nav.removeAttribute("data-open");
      }
    }

    function toggle(event) {
      event.preventDefault();
      open(!nav.hasAttribute("data-open"));
    }

    link.setAttribute("role", "button");
    link.setAttribute("aria-controls", nav.id);
    open(false);
    link.addEventListener("click", toggle);
    link.addEventListener("keydown", function (event) {
      if (event.key === " ") {
        toggle(event);
      }
    });
    nav.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && nav.hasAttribute("data-open")) {
        open(false);
        link.focus();
      }
    });
  });
})();
