// The preview's own script: asks the server what is new, and shows it. Pages
// may fetch nothing but scripts of their own host, so each question is a
// script, which the server holds back until it has an answer.
(function () {
  'use strict';
  var me = document.currentScript;
  var state = me.getAttribute('data-state');
  var words = { show: me.getAttribute('data-show'), lost: me.getAttribute('data-lost') };
  var panel;

  function ask() {
    var script = document.createElement('script');
    script.src = '/_rectify/answer.js?state=' + encodeURIComponent(state);
    script.onload = function () { script.parentNode.removeChild(script); setTimeout(ask, 20); };
    script.onerror = function () { script.parentNode.removeChild(script); setTimeout(ask, 1000); };
    document.body.appendChild(script);
  }

  function element(name, kind, text) {
    var e = document.createElement(name);
    e.className = 'rectify-live__' + kind;
    if (text) { e.textContent = text; }
    return e;
  }

  function row(problem) {
    var item = element('li', 'problem');
    var link = element('a', 'place', problem.place || '');
    if (problem.href) { link.href = problem.href; }
    item.appendChild(link);
    item.appendChild(element('p', 'text', problem.severity + ' ' + problem.code + ' ' + problem.text));
    if (problem.frame) { item.appendChild(element('pre', 'frame', problem.frame)); }
    if (problem.hint) { item.appendChild(element('p', 'hint', problem.hint)); }
    return item;
  }

  // answer is called by the scripts that the server sends.
  window.rectifyAnswer = function (answer) {
    if (answer.state === state) { return; }
    state = answer.state;
    if (panel) { document.body.removeChild(panel); panel = null; }
    if (answer.good) { location.reload(); return; }
    panel = element('section', 'panel');
    panel.setAttribute('role', 'alertdialog');
    panel.setAttribute('aria-label', answer.title);
    panel.setAttribute('data-live', 'problems');
    panel.tabIndex = -1;
    panel.appendChild(element('h2', 'title', answer.title));
    var close = element('button', 'close', words.show);
    close.type = 'button';
    close.onclick = function () { panel.hidden = true; };
    panel.appendChild(close);
    var list = element('ol', 'list');
    for (var i = 0; i < answer.problems.length; i++) { list.appendChild(row(answer.problems[i])); }
    panel.appendChild(list);
    document.body.appendChild(panel);
    panel.focus();
  };

  window.addEventListener('load', ask);
})();
