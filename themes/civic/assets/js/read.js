// Reads the page aloud, sentence by sentence, and marks the one that is read.
// Without a voice for the page's language the buttons stay hidden.
(function () {
  "use strict";

  var root = document.documentElement;
  var speech = window.speechSynthesis;
  var language = root.lang;
  var skipped = "nav, button, form, .civic-tools, .civic-slip, .civic-hidden, .civic-cite, [aria-hidden=true], [hidden], details:not([open])";
  var block = "p, li, dt, dd, h1, h2, h3, h4, h5, h6, th, td, blockquote, figcaption, caption, summary";

  function voice() {
    var voices = speech ? speech.getVoices() : [];
    var start = language.slice(0, 2).toLowerCase();
    for (var i = 0; i < voices.length; i++) {
      if (voices[i].lang.slice(0, 2).toLowerCase() === start) {
        return voices[i];
      }
    }
    return null;
  }

  // pieces are the texts of a block in their order, with the nodes they stand in.
  function collect(main) {
    var sentences = [];
    var walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT, null, false);
    var current = null;
    var pieces = [];

    function flush() {
      var text = pieces.map(function (piece) { return piece.data; }).join("");
      var pattern = /[^。！？!?；;]*[。！？!?；;]*[”’」』）)]*/g;
      var match;
      while ((match = pattern.exec(text)) && match[0]) {
        if (/\S/.test(match[0])) {
          sentences.push({ text: match[0].trim(), nodes: pieces, from: match.index, to: pattern.lastIndex });
        }
      }
      pieces = [];
    }

    while (walker.nextNode()) {
      var node = walker.currentNode;
      var parent = node.parentElement;
      if (!parent.closest || parent.closest(skipped)) {
        continue;
      }
      var holder = parent.closest(block) || parent;
      if (holder !== current) {
        flush();
        current = holder;
      }
      pieces.push(node);
    }
    flush();
    return sentences;
  }

  // mark puts a sentence into marks and gives back how to take them away. The
  // text of the page stays what it is.
  function mark(sentence) {
    var at = 0;
    var marks = [];
    sentence.nodes.forEach(function (node) {
      var from = Math.max(sentence.from - at, 0);
      var to = Math.min(sentence.to - at, node.data.length);
      at += node.data.length;
      if (from < to && /\S/.test(node.data.slice(from, to))) {
        var range = document.createRange();
        range.setStart(node, from);
        range.setEnd(node, to);
        var element = document.createElement("mark");
        element.className = "civic-reading";
        range.surroundContents(element);
        marks.push({ element: element, parent: element.parentNode });
      }
    });
    if (marks[0] && marks[0].element.scrollIntoView) {
      marks[0].element.scrollIntoView({ block: "center" });
    }
    return function () {
      marks.forEach(function (m) {
        while (m.element.firstChild) {
          m.parent.insertBefore(m.element.firstChild, m.element);
        }
        m.parent.removeChild(m.element);
        m.parent.normalize();
      });
    };
  }

  civic.start("tools", function (tools) {
    function button(name) {
      return tools.querySelector('[data-read="' + name + '"]');
    }

    var start = button("start");
    var pause = button("pause");
    var stop = button("stop");
    var main = document.getElementById("main");
    var next = 0;
    var reading = false;
    var unmark = null;
    var pauseText = pause.textContent;

    function clear() {
      if (unmark) {
        unmark();
        unmark = null;
      }
    }

    function show() {
      start.hidden = reading || !voice();
      pause.hidden = stop.hidden = !reading;
      pause.textContent = pauseText;
      pause.removeAttribute("data-paused");
      if (reading) {
        root.setAttribute("data-reading", "");
      } else {
        root.removeAttribute("data-reading");
      }
    }

    function end() {
      var focused = tools.contains(document.activeElement);
      reading = false;
      speech.cancel();
      clear();
      show();
      if (focused) {
        start.focus();
      }
    }

    function say() {
      clear();
      // Marks have split the nodes, so sentences are counted anew each time.
      var sentence = collect(main)[next];
      if (!sentence) {
        end();
        return;
      }
      unmark = mark(sentence);
      var utterance = new SpeechSynthesisUtterance(sentence.text);
      utterance.lang = language;
      utterance.voice = voice();
      utterance.onend = function () {
        if (reading) {
          next++;
          say();
        }
      };
      utterance.onerror = function (event) {
        if (reading && event.error !== "interrupted" && event.error !== "canceled") {
          end();
        }
      };
      speech.speak(utterance);
    }

    start.addEventListener("click", function () {
      reading = true;
      next = 0;
      show();
      pause.focus();
      say();
    });
    pause.addEventListener("click", function () {
      if (pause.hasAttribute("data-paused")) {
        pause.removeAttribute("data-paused");
        pause.textContent = pauseText;
        speech.resume();
      } else {
        pause.setAttribute("data-paused", "");
        pause.textContent = pause.getAttribute("data-other");
        speech.pause();
      }
    });
    stop.addEventListener("click", end);
    document.addEventListener("keydown", function (event) {
      if (reading && event.key === "Escape") {
        end();
      }
    });
    window.addEventListener("pagehide", function () {
      if (speech) {
        speech.cancel();
      }
    });
    if (speech && speech.addEventListener) {
      speech.addEventListener("voiceschanged", function () {
        if (!reading) {
          show();
        }
      });
    }
    show();
  });
})();
