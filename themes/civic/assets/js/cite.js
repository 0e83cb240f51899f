// Copies the line that names a page.
(function () {
  "use strict";

  civic.start("cite", function (element) {
    var button = element.querySelector("[data-copy]");
    var text = element.querySelector(".civic-cite__text");

    // The older way: it works from a folder too, where the newer is forbidden.
    function copy() {
      var range = document.createRange();
      var selection = window.getSelection();
      range.selectNodeContents(text);
      selection.removeAllRanges();
      selection.addRange(range);
      return document.execCommand("copy");
    }

    button.hidden = false;
    button.addEventListener("click", function () {
      if (copy()) {
        button.textContent = button.getAttribute("data-done");
      }
    });
  });
})();
