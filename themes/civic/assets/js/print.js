// Buttons that print: the page, or the sheet for an opinion alone.
(function () {
  "use strict";

  var root = document.documentElement;

  function whole() {
    root.removeAttribute("data-print");
  }

  civic.each(document.querySelectorAll("[data-print]"), function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      root.setAttribute("data-print", button.getAttribute("data-print"));
      window.print();
      if (!("onafterprint" in window)) {
        whole();
      }
    });
  });

  // On telephones print returns at once, long before the sheet is made.
  window.addEventListener("afterprint", whole);

  // The day of the print-out stands at the foot of each sheet.
  civic.start("printed", function (element) {
    var text = element.textContent;
    function date() {
      element.textContent = text + civic.today();
      element.hidden = false;
    }
    window.addEventListener("beforeprint", date);
    date();
  });
})();
