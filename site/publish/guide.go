package publish

import _ "embed"

// The page for whoever runs the host, in Markdown. Tests carry out what it tells
// people to do.
var (
	//go:embed guide.zh.md
	GuideChinese string
	//go:embed guide.en.md
	GuideEnglish string
)
