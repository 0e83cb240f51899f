// Days that lie behind the data but, by the browser's clock, before today: the
// page says that it knows no more, and no longer that the day is to come.
(function () {
  "use strict";

  civic.each(document.querySelectorAll("[data-watch]"), function (element) {
    if (civic.today() > element.getAttribute("data-watch")) {
      element.hidden = false;
      var open = element.previousElementSibling;
      if (open) {
        open.setAttribute("data-passed", "");
      }
    }
  });
})();
