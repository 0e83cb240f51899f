package importer

import (
	"encoding/xml"
	"strconv"
	"strings"
)

func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// chars reads the text of an element.
func (w *wordReader) chars(until string) (string, error) {
	var b strings.Builder
	for {
		token, err := w.decoder.Token()
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.CharData:
			b.Write(t)
		case xml.StartElement:
			if err := w.decoder.Skip(); err != nil {
				return "", err
			}
		case xml.EndElement:
			if t.Name.Local == until {
				return strings.NewReplacer("\n", "", "\r", "").Replace(b.String()), nil
			}
		}
	}
}

// properties reads w:pPr.
func (w *wordReader) properties(p *wordParagraph) error {
	for {
		token, err := w.decoder.Token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.EndElement:
			if t.Name.Local == "pPr" {
				return nil
			}
		case xml.StartElement:
			switch t.Name.Local {
			case "pStyle":
				p.style = attr(t, "val")
			case "numId":
				p.num = attr(t, "val")
			case "ilvl":
				p.level = attr(t, "val")
			case "outlineLvl":
				if n, err := strconv.Atoi(attr(t, "val")); err == nil {
					p.outline = n
				}
			case "rPr", "pPrChange", "sectPr":
				if err := w.decoder.Skip(); err != nil {
					return err
				}
			}
		}
	}
}

// vanishes reads w:rPr and tells whether the run is hidden.
func (w *wordReader) vanishes() (bool, error) {
	off := false
	for {
		token, err := w.decoder.Token()
		if err != nil {
			return off, err
		}
		switch t := token.(type) {
		case xml.EndElement:
			if t.Name.Local == "rPr" {
				return off, nil
			}
		case xml.StartElement:
			switch t.Name.Local {
			case "vanish":
				v := attr(t, "val")
				off = v != "0" && v != "false"
			case "rPrChange":
				if err := w.decoder.Skip(); err != nil {
					return off, err
				}
			}
		}
	}
}
