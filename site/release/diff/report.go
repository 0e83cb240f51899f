package diff

import (
	"fmt"
	"html"
	"maps"
	"regexp"
	"slices"
	"strings"

	"rectify/site/model"
)

// fact is a value of a report or of the portal, as text.
type fact struct{ field, text string }

// compareFacts lists the facts that differ. Both lists name the same fields,
// but for those that come in any number, as pages do.
func compareFacts(was, now []fact) (list []Change) {
	old := map[string]string{}
	for _, f := range was {
		old[f.field] = f.text
	}
	for _, f := range now {
		list = append(list, edited(FieldEdited, f.field, 0, old[f.field], f.text)...)
		delete(old, f.field)
	}
	for _, f := range was {
		if text, left := old[f.field]; left {
			list = append(list, edited(FieldEdited, f.field, 0, text, "")...)
		}
	}
	return list
}

func reports(before *Side, after *model.Portal) (list []Report) {
	old := map[model.Slug]*model.Report{}
	for _, r := range before.Portal.Reports {
		old[r.ID] = r
	}
	for _, now := range after.Reports {
		was := old[now.ID]
		delete(old, now.ID)
		dir := "reports/" + string(now.ID) + "/"
		if before.Gone[dir+"report.yaml"] {
			list = append(list, Report{ID: now.ID, Title: now.Title, Kind: Changed, Changes: []Change{{Kind: WasRedacted}}})
			continue
		}
		if was == nil {
			list = append(list, Report{ID: now.ID, Title: now.Title, Kind: New, Issues: len(now.Issues)})
			continue
		}
		changes := compareFacts(reportFacts(was), reportFacts(now))
		if before.Gone[dir+"source.txt"] {
			changes = append(changes, Change{Kind: WasRedacted, Field: "source_text"})
		} else {
			changes = append(changes, sourceText(was, now)...)
		}
		if reordered(was.Issues, now.Issues) {
			changes = append(changes, Change{Kind: FieldEdited, Field: "order"})
		}
		if len(changes) > 0 {
			list = append(list, Report{ID: now.ID, Title: now.Title, Kind: Changed, Changes: changes})
		}
	}
	for _, r := range before.Portal.Reports {
		if old[r.ID] != nil {
			list = append(list, Report{ID: r.ID, Title: r.Title, Kind: Gone})
		}
	}
	return list
}

// reordered tells whether issues that are on both sides stand in another order.
func reordered(was, now []*model.Issue) bool {
	ids := func(list []*model.Issue, in []*model.Issue) (out []model.IssueID) {
		there := map[model.IssueID]bool{}
		for _, i := range in {
			there[i.ID] = true
		}
		for _, i := range list {
			if there[i.ID] {
				out = append(out, i.ID)
			}
		}
		return out
	}
	return !slices.Equal(ids(was, now), ids(now, was))
}

// reportFacts are those of a report that do not belong to one issue.
func reportFacts(r *model.Report) []fact {
	in := r.Inspection
	facts := []fact{
		{"title", r.Title},
		{"title_lines", strings.Join(r.TitleLines, "\n")},
		{"issuer", r.Issuer},
		{"unit", r.Unit},
		{"region", r.Region},
		{"source", r.Source},
		{"published_at", string(r.PublishedAt)},
		{"signed_by", r.SignedBy},
		{"signed_on", string(r.SignedOn)},
		{"as_of", string(r.AsOf)},
		{"inspection.level", in.Level},
		{"inspection.round", in.Round},
		{"inspection.kind", in.Kind},
		{"inspection.team", in.Team},
		{"inspection.start", string(in.Start)},
		{"inspection.end", string(in.End)},
		{"inspection.findings_on", string(in.FindingsOn)},
		{"contact", contact(r.Contact)},
	}
	var declared, metrics, parts, outline []string
	for _, d := range r.Declared {
		declared = append(declared, strings.TrimSpace(fmt.Sprintf("%s %d%s %s %s %s", d.Label, d.N, d.Unit, d.AsOf, d.Of, d.Quote)))
	}
	for _, m := range r.Metrics {
		metrics = append(metrics, strings.TrimSpace(m.Kind+" "+m.Value+m.Unit+" "+m.Quote))
	}
	eachPart(r.Parts, func(p *model.Part) {
		parts = append(parts, p.Label+p.Title)
		if p.Text != "" {
			parts = append(parts, p.Text)
		}
		if p.Outline {
			parts = append(parts, "—")
		}
	})
	eachSection(r.Outline, func(s *model.Section) {
		line := string(s.ID) + " " + s.Heading() + s.Summary
		if s.Printed != "" {
			line += " (" + s.Label + s.Lead + s.Title + ")" // what lists show
		}
		outline = append(outline, line)
	})
	return append(facts,
		fact{"declared", strings.Join(declared, "\n")},
		fact{"metrics", strings.Join(metrics, "\n")},
		fact{"parts", strings.Join(parts, "\n")},
		fact{"outline", strings.Join(outline, "\n")},
	)
}

// sourceText compares the texts as published, without the paragraphs that were
// emptied because their issue was withdrawn: what they said is withdrawn too.
func sourceText(was, now *model.Report) []Change {
	old := slices.Clone(was.Paragraphs)
	emptied := false
	for n := range now.Emptied {
		if _, before := was.Emptied[n]; !before && n <= len(old) {
			old[n-1], emptied = "", true
		}
	}
	if emptied && len(old) != len(now.Paragraphs) {
		// Their numbers do not tell where they were: that the text is another
		// one is all that can be said.
		return []Change{{Kind: FieldEdited, Field: "source_text"}}
	}
	return edited(FieldEdited, "source_text", 0, strings.Join(old, "\n"), strings.Join(now.Paragraphs, "\n"))
}

func eachPart(parts []model.Part, do func(*model.Part)) {
	for i := range parts {
		do(&parts[i])
		eachPart(parts[i].Parts, do)
	}
}

func contact(c *model.Contact) string {
	if c == nil {
		return ""
	}
	return strings.Join(nonEmpty(c.Unit, strings.Join(c.Phones, "、"), c.Address, strings.Join(c.Emails, "、"), c.Hours), " ")
}

func nonEmpty(texts ...string) []string {
	return slices.DeleteFunc(texts, func(text string) bool { return text == "" })
}

// portalChanges compares what belongs to the portal and to no report.
func portalChanges(before *Side, after *model.Portal) []Change {
	was, now := portalFacts(before.Portal), portalFacts(after)
	var redacted []Change
	// What a redacted file said cannot be compared.
	leave := func(file, field string, mine func(f fact) bool) {
		if before.Gone[file] {
			was, now = slices.DeleteFunc(was, mine), slices.DeleteFunc(now, mine)
			redacted = append(redacted, Change{Kind: WasRedacted, Field: field})
		}
	}
	prose := func(f fact) bool { return strings.HasPrefix(f.field, "pages.") }
	keys := func(f fact) bool { return strings.HasPrefix(f.field, "trust.") }
	leave("portal.yaml", "", func(f fact) bool { return !prose(f) && !keys(f) })
	leave("trust.yaml", "trust.", keys)
	for _, file := range slices.Sorted(maps.Keys(before.Gone)) {
		if name, ok := strings.CutPrefix(file, "pages/"); ok {
			field := "pages." + strings.TrimSuffix(name, ".md")
			leave(file, field, func(f fact) bool { return f.field == field })
		}
	}
	return append(compareFacts(was, now), redacted...)
}

// staleAfter is the number of days, "" where the portal leaves it open.
func staleAfter(p *model.Portal) string {
	if p.StaleAfter == nil {
		return ""
	}
	return fmt.Sprint(int(*p.StaleAfter))
}

// images pairs the images of a portal by name. Of one with other bytes there is
// no more to say than that.
func images(was, now map[string]string) (list []Change) {
	names := map[string]bool{}
	for name := range was {
		names[name] = true
	}
	for name := range now {
		names[name] = true
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		old, before := was[name]
		digest, after := now[name]
		c := Change{Kind: FieldEdited, Field: "images." + name}
		switch {
		case !before:
			c.To = name
		case !after:
			c.From = name
		case old == digest:
			continue
		}
		list = append(list, c)
	}
	return list
}

func portalFacts(p *model.Portal) []fact {
	o := p.Official
	facts := []fact{
		{"name", p.Name},
		{"unit", p.Unit},
		{"description", p.Description},
		{"keywords", strings.Join(p.Keywords, "、")},
		{"language", string(p.Language)},
		{"base_url", string(p.BaseURL)},
		{"theme", string(p.Theme)},
		{"contact", contact(p.Contact)},
		{"official.site_id_code", o.SiteIDCode},
		{"official.icp", o.ICP},
		{"official.police_filing", o.PoliceFiling},
		{"official.police_url", string(o.PoliceURL)},
		{"official.party_mark_url", string(o.PartyMarkURL)},
		{"official.error_url", string(o.ErrorURL)},
		{"official.sponsor", o.Sponsor},
		{"official.organiser", o.Organiser},
		{"official.party_mark_image", o.PartyMark},
		{"official.error_image", o.ErrorMark},
		{"official.police_image", o.PoliceMark},
		{"look.colour", string(p.Look.Colour)},
		{"look.logo", p.Look.Logo},
		{"stale_after", staleAfter(p)},
	}
	if p.Parent != nil {
		facts = append(facts, fact{"parent", strings.Join(nonEmpty(p.Parent.Title, string(p.Parent.URL), p.Parent.Logo), " ")})
	}
	if p.Licence != nil {
		facts = append(facts, fact{"licence", p.Licence.Title + " " + string(p.Licence.URL)})
	}
	var footer []string
	for _, group := range p.Footer {
		footer = append(footer, group.Title)
		for _, l := range group.Links {
			footer = append(footer, strings.TrimSpace(l.Title+" "+string(l.URL)))
		}
	}
	facts = append(facts, fact{"footer", strings.Join(footer, "\n")})
	if p.Trust != nil {
		for _, k := range p.Trust.Keys {
			facts = append(facts, fact{"trust." + string(k.Public), strings.Join(nonEmpty(k.Name, string(k.From), string(k.Until), k.Note), " ")})
		}
	}
	for _, prose := range p.Prose {
		facts = append(facts, fact{"pages." + string(prose.Name), prose.Title + "\n" + plain(prose.HTML)})
	}
	return facts
}

var tag = regexp.MustCompile(`<[^>]*>`)

// plain is prose without its marks; an address that a link leads to stays.
func plain(markup string) string {
	markup = tag.ReplaceAllStringFunc(markup, func(t string) string {
		if _, rest, ok := strings.Cut(t, `href="`); ok {
			address, _, _ := strings.Cut(rest, `"`)
			return "[" + address + "]"
		}
		if _, rest, ok := strings.Cut(t, `src="`); ok {
			address, _, _ := strings.Cut(rest, `"`)
			return "[" + address + "]"
		}
		return ""
	})
	return strings.TrimSpace(html.UnescapeString(markup))
}
