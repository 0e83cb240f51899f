package load

import (
	"bytes"
	"encoding/xml"
	"image"
	_ "image/jpeg" // images of the portal
	_ "image/png"
	"math"
	"path"
	"strconv"
	"strings"

	"rectify/site/model"
)

// images lists the pictures of the data folder with their sizes. A file that is
// no image keeps the size 0; whether one is wanted there is for check to say.
func (l *loader) images(portal *model.Portal) {
	files, list := l.entries(path.Join(l.root, "images"))
	l.add(list...)
	for _, file := range files {
		if file.info.IsDir() {
			continue
		}
		one := model.Image{Name: path.Base(file.name)}
		data, err := l.read(file.name, file.info)
		if err != nil {
			l.add(asProblem(file.name, err))
			continue
		}
		switch strings.ToLower(path.Ext(file.name)) {
		case ".svg":
			one.Width, one.Height = svgSize(data)
		case ".png", ".jpg", ".jpeg":
			if config, _, err := image.DecodeConfig(bytes.NewReader(data)); err == nil {
				one.Width, one.Height = config.Width, config.Height
			}
		}
		portal.Images = append(portal.Images, one)
	}
}

// svgSize reads the size of a drawing from its first element: from viewBox,
// which gives its proportions, else from width and height.
func svgSize(data []byte) (width, height int) {
	decoder := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := decoder.Token()
		if err != nil {
			return 0, 0
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if start.Name.Local != "svg" {
			return 0, 0
		}
		size := map[string]string{}
		for _, a := range start.Attr {
			size[a.Name.Local] = a.Value
		}
		box := strings.FieldsFunc(size["viewBox"], func(r rune) bool { return r == ' ' || r == ',' })
		if len(box) == 4 {
			return pixels(box[2]), pixels(box[3])
		}
		return pixels(size["width"]), pixels(size["height"])
	}
}

// pixels reads a length without a unit, or in px.
func pixels(length string) int {
	n, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(length), "px"), 64)
	if err != nil || n < 0 || n > 1e6 {
		return 0
	}
	return int(math.Ceil(n))
}
