package importer

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// wordStyle is what a paragraph style says.
type wordStyle struct {
	based string
	num   string
	level string
	head  int // heading level; 0 is none
	title bool
	toc   bool // a line of the table of contents
}

func readStyles(data []byte) map[string]*wordStyle {
	out := map[string]*wordStyle{}
	var doc struct {
		Styles []struct {
			ID   string `xml:"styleId,attr"`
			Name struct {
				Val string `xml:"val,attr"`
			} `xml:"name"`
			Based struct {
				Val string `xml:"val,attr"`
			} `xml:"basedOn"`
			Props struct {
				Outline *struct {
					Val int `xml:"val,attr"`
				} `xml:"outlineLvl"`
				Num struct {
					Level struct {
						Val string `xml:"val,attr"`
					} `xml:"ilvl"`
					ID struct {
						Val string `xml:"val,attr"`
					} `xml:"numId"`
				} `xml:"numPr"`
			} `xml:"pPr"`
		} `xml:"style"`
	}
	if len(data) == 0 || xml.Unmarshal(data, &doc) != nil {
		return out
	}
	for _, s := range doc.Styles {
		style := &wordStyle{based: s.Based.Val, num: s.Props.Num.ID.Val, level: s.Props.Num.Level.Val}
		name := strings.ToLower(strings.ReplaceAll(s.Name.Val, " ", ""))
		for _, prefix := range []string{"heading", "标题"} {
			if n, err := strconv.Atoi(strings.TrimPrefix(name, prefix)); err == nil && strings.HasPrefix(name, prefix) && n >= 1 && n <= 9 {
				style.head = n
			}
		}
		if style.head == 0 && s.Props.Outline != nil && s.Props.Outline.Val < 9 {
			style.head = s.Props.Outline.Val + 1
		}
		style.title = name == "title" || name == "标题" || name == "subtitle"
		style.toc = strings.HasPrefix(name, "toc") || strings.HasPrefix(name, "目录")
		out[s.ID] = style
	}
	return out
}
