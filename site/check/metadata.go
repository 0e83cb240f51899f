package check

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode"

	"rectify/site/problem"
)

// Files tell who made them: Office documents, PDF and photos carry names, and
// photos the place where they were taken. What is looked at is what the usual
// programs of an office write.

// tell is one thing that a file gives away.
type tell struct {
	zh, en string
	name   string // "" where it is not a name
}

// wordsOf puts what a file gives away into words.
func wordsOf(tells []tell) string {
	var zh, en []string
	for _, t := range tells {
		name := ""
		if t.name != "" {
			name = quoted(short(t.name))
		}
		zh = append(zh, t.zh+name)
		en = append(en, strings.TrimSpace(t.en+" "+name))
	}
	return problem.Both(strings.Join(zh, "、"), strings.Join(en, ", "))
}

var (
	author   = tell{zh: "作者", en: "the name of its author,"}
	modifier = tell{zh: "最后修改者", en: "the name of its last editor,"}
	position = tell{zh: "拍摄地点(GPS)", en: "the place where it was taken (GPS)"}
)

// by gives a tell its name. Control characters and blanks around it go away.
func (t tell) by(name string) tell {
	t.name = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, name))
	return t
}

// largest is how much of a file is looked at.
const largest = 64 << 20

type readerAt interface {
	io.Reader
	io.ReaderAt
}

// readAuthors says what a file gives away. A file of an unknown or broken form
// gives nothing away that we could read.
func readAuthors(file readerAt, size int64) []tell {
	head := make([]byte, 8)
	n, err := file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil
	}
	head = head[:n]
	var tells []tell
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		tells = officeAuthors(file, size)
	case bytes.HasPrefix(head, []byte("%PDF")):
		data, _ := io.ReadAll(io.NewSectionReader(file, 0, min(size, largest)))
		tells = pdfAuthors(data)
	case bytes.HasPrefix(head, []byte{0xff, 0xd8, 0xff}):
		data, _ := io.ReadAll(io.NewSectionReader(file, 0, min(size, largest)))
		tells = photoAuthors(data)
	}
	return distinct(tells)
}

// distinct drops what was found twice, and names of nobody.
func distinct(tells []tell) []tell {
	var out []tell
	seen := map[tell]bool{}
	for _, t := range tells {
		if (t.name != "" || t == position) && !seen[t] {
			seen[t] = true
			out = append(out, t)
		}
	}
	return out
}

// officeAuthors reads the properties of docx, xlsx and pptx (and of their
// templates), and of OpenDocument files.
func officeAuthors(file io.ReaderAt, size int64) (tells []tell) {
	archive, err := zip.NewReader(file, size)
	if err != nil {
		return nil
	}
	for _, f := range archive.File {
		if f.Name != "docProps/core.xml" && f.Name != "meta.xml" {
			continue
		}
		part, err := f.Open()
		if err != nil {
			continue
		}
		data, _ := io.ReadAll(io.LimitReader(part, 1<<20))
		_ = part.Close()
		tells = append(tells, propertyAuthors(data)...)
	}
	return tells
}

func propertyAuthors(data []byte) (tells []tell) {
	decoder := xml.NewDecoder(bytes.NewReader(data))
	decoder.Strict = false
	element := ""
	for {
		token, err := decoder.Token()
		if err != nil {
			return tells
		}
		switch t := token.(type) {
		case xml.StartElement:
			element = t.Name.Local
		case xml.EndElement:
			element = ""
		case xml.CharData:
			switch element {
			case "creator", "initial-creator":
				tells = append(tells, author.by(string(t)))
			case "lastModifiedBy":
				tells = append(tells, modifier.by(string(t)))
			}
		}
	}
}

var (
	xmpCreator = regexp.MustCompile(`(?s)<dc:creator[^>]*>(.*?)</dc:creator>`)
	xmpEntry   = regexp.MustCompile(`<rdf:li[^>]*>([^<]+)</rdf:li>`)
)

// xmpAuthors reads the creators of an XMP packet, which PDF and photos hold.
func xmpAuthors(data []byte) (tells []tell) {
	for _, creator := range xmpCreator.FindAllSubmatch(data, -1) {
		for _, entry := range xmpEntry.FindAllSubmatch(creator[1], -1) {
			name := string(entry[1])
			if decoded, err := unescapeXML(name); err == nil {
				name = decoded
			}
			tells = append(tells, author.by(name))
		}
	}
	return tells
}

func unescapeXML(text string) (string, error) {
	var out string
	err := xml.Unmarshal([]byte("<a>"+text+"</a>"), &out)
	return out, err
}
