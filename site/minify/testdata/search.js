/*
 * A script in the manner of the theme: ES5, classic, no dependency. It is only
 * here to be minified.
 */
(function () {
  'use strict';

  var MAX_RESULTS = 10;
  var loaded = {};

  // Normalises a query: full-width letters, case, white space.
  function normalise(text) {
    var result = '';
    for (var i = 0; i < text.length; i++) {
      var code = text.charCodeAt(i);
      if (code >= 0xff01 && code <= 0xff5e) {
        code -= 0xfee0;
      } else if (code === 0x3000) {
        code = 0x20;
      }
      result += String.fromCharCode(code);
    }
    return result.toLowerCase().replace(/[\s\u00a0]+/g, ' ').replace(/^ | $/g, '');
  }

  function hash(pair, shards) {
    var h = 2166136261;
    for (var i = 0; i < pair.length; i++) {
      h = ((h ^ pair.charCodeAt(i)) * 16777619) >>> 0;
    }
    return Math.abs(h % Math.pow(2, Math.ceil(Math.log(shards) / Math.LN2)));
  }

  function load(shard, done) {
    if (loaded[shard] !== undefined) {
      done(null, loaded[shard]);
      return;
    }
    var script = document.createElement('script');
    script.src = 'search/' + shard + '.js';
    script.onload = function () {
      done(null, loaded[shard]);
    };
    script.onerror = function () {
      done(new Error('shard ' + shard + '\n' + 'could not be loaded'), null);
    };
    document.head.appendChild(script);
  }

  function Result(id, title, text) {
    this.id = id;
    this.title = title;
    this.text = text == null ? undefined : text.value;
  }

  Result.prototype.link = function (root) {
    var a = document.createElement('a');
    a.href = (root || '') + 'issues/' + this.id + '.html';
    a.setAttribute('data-result', this.id);
    a.textContent = this.title ? this.title : '\u672a\u547d\u540d';
    return a;
  };

  function show(results, more) {
    var list = document.querySelector('.js-results');
    var state = {results: results, more: more, t: results.length};
    while (list.firstChild) {
      list.removeChild(list.firstChild);
    }
    for (var i = 0, n = Math.min(results.length, MAX_RESULTS); i < n; i++) {
      var item = document.createElement('li');
      item.appendChild(results[i].link());
      list.appendChild(item);
    }
    list.setAttribute('data-count', String(state.t));
    try {
      history.replaceState(state, '', '#q=' + encodeURIComponent(normalise(location.hash.slice(3))));
    } catch (e) {
      // file:// pages may not do this.
    }
    do {
      n--;
    } while (n > 0);
    return state;
  }

  window.portalSearch = {normalise: normalise, hash: hash, load: load, show: show, Result: Result};
})();
