// Size of the text, contrast, and the form of lists: buttons that set a mark on
// the root element, which style sheets read. early.js sets it on later pages.
(function () {
  "use strict";

  var root = document.documentElement;

  // choices makes buttons of one group: the first stands for no mark at all.
  function choices(element, name) {
    var buttons = element.querySelectorAll("[data-set-" + name + "]");

    function show() {
      var set = root.getAttribute("data-" + name);
      civic.each(buttons, function (button, i) {
        var value = button.getAttribute("data-set-" + name);
        button.setAttribute("aria-pressed", String(set === null ? i === 0 && buttons.length > 1 : set === value));
      });
    }

    civic.each(buttons, function (button, i) {
      button.addEventListener("click", function () {
        var value = button.getAttribute("data-set-" + name);
        // A button that stands alone is a switch.
        var off = buttons.length > 1 ? i === 0 : root.getAttribute("data-" + name) === value;
        if (off) {
          root.removeAttribute("data-" + name);
        } else {
          root.setAttribute("data-" + name, value);
        }
        civic.keep(name, off ? "" : value);
        show();
      });
    });
    show();
  }

  civic.start("display", function (element) {
    choices(element, "size");
    choices(element, "contrast");
  });
  civic.start("list", function (element) {
    choices(element, "list");
  });
})();
