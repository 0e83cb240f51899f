/* The normal form of a text: what is written differently and is the same reads
   the same in it. The program makes it in the same way (site/search/normal.go)
   and its doc.go says why; a test holds the two together. */

/* One character with the marks that may compose with it. */
var clusters = /(?:[\ud800-\udbff][\udc00-\udfff]|[^])[\u0300-\u036f\u3099\u309a\u1161-\u11ff]*/g;

/* Characters of which browsers know different things stand for themselves. */
var fixed = /^(?:[\u1c89\u2c2f\u32ff\ua7ba-\ua7f7\uab69]|(?!\ud835|\ud87e)[\ud800-\udfff])/;

/* White space, controls, what has no width. */
var ignored = /[\s\0-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f]|\udb40[^]/g;

var punctuation = /[!"'-*,-/:;?[-`{-~\xa1\xa7\xab\xb6\xb7\xbb\xbf\u2010-\u2027\u2032-\u205e\u2212\u2500-\u257f\u3001-\u3003\u3008-\u301f\u3030\u30fb]/;

/* normal gives the form as s and, for each unit of it, as at, the offset in the
   text of the character it comes from. */
function normal(text) {
  var s = "", at = [], run = "", from;
  text.replace(clusters, function (c, offset) {
    c = (fixed.test(c) ? c : c.normalize("NFKC").toLowerCase()).replace(ignored, "");
    for (var i = 0; i < c.length; i++) {
      if (punctuation.test(c[i])) {
        if (!run) from = offset;
        run += c[i];
      } else {
        if (run && /\d$/.test(s) && /\d/.test(c[i])) {
          s += run === "." ? run : "\x1f";
          at.push(from);
        }
        run = "";
        s += c[i];
        at.push(offset);
      }
    }
  });
  if (!s) {
    s = run;
    while (at.length < s.length) at.push(from);
  }
  return { s: s, at: at };
}
