// Asks before a link leads to a host that is neither this site's nor of a
// government (gov.cn).
(function () {
  "use strict";

  // The site's own address is known by its canonical link when it is read from
  // a folder or an archive.
  function own() {
    var canonical = document.querySelector("link[rel=canonical]");
    return [location.hostname, canonical ? new URL(canonical.href).hostname : ""];
  }

  function leads(link) {
    return /^https?:$/.test(link.protocol) && own().indexOf(link.hostname) < 0 && !/(^|\.)gov\.cn$/.test(link.hostname);
  }

  civic.start("leave", function (dialog) {
    var host = dialog.querySelector(".civic-leave__host");
    var text = dialog.querySelector(".civic-leave__text").textContent;
    var asked = null;

    document.addEventListener("click", function (event) {
      var link = event.target.closest ? event.target.closest("a[href]") : null;
      if (!link || !leads(link) || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) {
        return;
      }
      event.preventDefault();
      if (!dialog.showModal) {
        if (window.confirm(text + "\n" + link.href)) {
          location.href = link.href;
        }
        return;
      }
      asked = link;
      host.textContent = link.href;
      dialog.returnValue = "";
      dialog.showModal();
    });

    dialog.addEventListener("close", function () {
      if (dialog.returnValue === "leave" && asked) {
        location.href = asked.href;
      } else if (asked) {
        asked.focus();
      }
      asked = null;
    });
  });
})();
