package check

import (
	"fmt"
	"path"
	"strings"

	"rectify/site/model"
	"rectify/site/problem"
)

// readable is the contrast that WCAG 2.2 asks of text.
const readable = 4.5

// look asks whether white words can be read on the portal's colour, and whether
// the images that portal.yaml names are there and can be shown.
func look(s *subject) problem.List {
	p := s.public
	var found problem.List
	if c := p.Look.Colour; c != "" && c.Contrast(model.White) < readable {
		better := c.Towards(model.Black, model.White, readable)
		found = append(found, problem.New(problem.ColourTooPale, p.Look.At("colour"),
			strings.TrimPrefix(string(c), "#"), fmt.Sprintf("%.1f", c.Contrast(model.White)), strings.TrimPrefix(string(better), "#")))
	}
	named := []struct {
		name  string
		place problem.Place
	}{
		{p.Look.Logo, p.Look.At("logo")},
		{p.Official.PartyMark, p.Official.At("party_mark_image")},
		{p.Official.ErrorMark, p.Official.At("error_image")},
		{p.Official.PoliceMark, p.Official.At("police_image")},
	}
	if p.Parent != nil {
		named = append(named, struct {
			name  string
			place problem.Place
		}{p.Parent.Logo, p.Parent.At("logo")})
	}
	for _, n := range named {
		if n.name == "" {
			continue
		}
		if image, ok := p.Image(n.name); !ok {
			found = append(found, problem.New(problem.ImageMissing, n.place, short(n.name), s.images()))
		} else if image.Width == 0 || image.Height == 0 {
			found = append(found, problem.New(problem.ImageUnreadable, n.place, short(n.name)))
		}
	}
	for _, image := range p.Images {
		at := problem.Place{File: path.Join(s.Dir, "images", image.Name)}
		if why := badFileName(image.Name); why != "" {
			found = append(found, problem.New(problem.BadFileName, at, image.Name, why))
		}
	}
	return found
}

// images names what lies in the folder of images, for who misspelt a name.
func (s *subject) images() string {
	var names []string
	for _, image := range s.public.Images {
		names = append(names, image.Name)
	}
	if len(names) == 0 {
		return problem.Both("那里还没有文件", "it is empty")
	}
	return problem.Both("那里有 "+strings.Join(names, "、"), "it holds "+strings.Join(names, ", "))
}
