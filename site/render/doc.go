// Package render is the room where pages meet the theme: it hands both to Hugo
// and gives back the rendered files.
//
// # Why Hugo sits behind this one door
//
// Hugo is a program first. As a library it promises no stable interface (its
// issue 12751 would move most packages under internal/), keeps state in package
// variables, reads the environment, and answers many mistakes with silence: a
// page less, an empty text, another page's header. And it is large: a package
// that imports it takes minutes to compile. So no other package of ours imports
// it, the version is pinned in go.mod (v0.165.0, the last for Go 1.26), and
// what Hugo leaves unsaid becomes a problem with a code here.
//
// When the pin moves, look at TestSmoke: a small portal, no warning, the list
// of files with their digests (go test ./site/render -run Smoke -update). If
// the library closes one day, the same contract can be driven through Hugo's
// command on the folder that Stage writes; hugo.go is the one file to replace.
//
// # Words
//
//	theme     layouts/ assets/ i18n/ static/, laid together from layers: the
//	          built-in theme, and over it the portal's own files
//	project   the folder that Hugo reads: hugo.json, content/, the theme
//	batch     the pages that Hugo gets at once, in a project of their own
//	assets    CSS and scripts, built once, in a batch without pages
//	declared  the files that a page makes: its path, and Frame.QR if not empty
//
// # What a template sees
//
//	.Params.<key>        the page's struct as JSON: .Params.issue.title,
//	                     .Params.root, .Params.crumbs …; .Title is Frame.Title
//	site.Params.<key>    page.Site as JSON
//	site.Params.assets   {"css": "assets/civic.1f0a….css", …}, without a leading
//	                     slash: href="{{ .Params.root }}{{ site.Params.assets.css }}"
//	site.Language.Locale Site.Lang
//	T "key"              words from i18n/<Site.Lang>.yaml, and no other language
//
// Values come as page made them: a string stays a string whether it looks like
// a number, a date or HTML, and a list without entries has the length 0. A
// layout for pages of the kind x is layouts/x.html, whatever Hugo would take
// that name to mean; baseof.html is its frame. Nothing else of Hugo's may be
// used: no site.Pages, .Prev, partialCached, now. CheckPurity finds it.
//
// A page with Frame.QR not empty has to publish that file and none besides:
//
//	{{ with .Params.qr }}
//	  {{ with images.QR $.Params.canonical | resources.Copy . }}{{ .Publish }}{{ end }}
//	  <img src="{{ $.Params.root }}{{ . }}" …>
//	{{ end }}
//
// # What layouts/assets.html has to do
//
// It is run once, before any page, as the layout of a page without content. It
// builds the theme's assets, which publishes them, and prints one JSON object
// whose values are their paths, and nothing else. Keys are the theme's own
// choice, for it alone reads them. Every file must be called
// assets/<name>.<hash>.<ext>, where hash is the SHA-256 of its content in hex,
// or the first 8 digits of it and more; fingerprint makes such names, and this
// makes shorter ones:
//
//	{{- $css := slice }}
//	{{- range slice "tokens" "base" "layout" "components" }}
//	  {{- $css = $css | append (resources.Get (printf "css/%s.css" .)) }}
//	{{- end }}
//	{{- $css = $css | resources.Concat "civic.css" }}
//	{{- $css = $css | resources.Copy (printf "assets/civic.%.12s.css" (sha256 $css.Content)) }}
//	{{- dict "css" $css.RelPermalink | jsonify -}}
//
// The order of the style sheets stands there and nowhere else. Hugo's minify
// has no place there: it changes values, and the room minify comes later. A
// theme without scripts prints no key for them; one without the file has no
// assets.
//
// # What it must not do
//
// It computes nothing that a page shows: that is page's. It does not minify,
// look for dead links or write to a disk. It imports page and problem alone.
package render
