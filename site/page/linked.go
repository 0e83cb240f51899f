package page

import (
	"cmp"
	"strings"

	"rectify/site/model"
)

// Thing is an object of JSON-LD in the words of schema.org, which stand beside
// the page for machines. Hugo keeps the case of keys inside a list, so a page
// holds a list of things.
type Thing map[string]any

// linked says of a page what is certain: where it stands, and what it shows.
// All of it needs absolute addresses.
func (b *Book) linked(f Frame, a about) []Thing {
	if f.Canonical == "" {
		return nil
	}
	things := a.things
	if len(a.crumbs) > 0 {
		var items []Thing
		for i, l := range append(a.crumbs[:len(a.crumbs):len(a.crumbs)], Link{f.Title, f.Path}) {
			items = append(items, Thing{"@type": "ListItem", "position": number(i + 1), "name": l.Text, "item": b.base + escape(l.Href)})
		}
		things = append(things, Thing{"@type": "BreadcrumbList", "itemListElement": items})
	}
	for _, t := range things {
		t["@context"] = "https://schema.org"
	}
	return things
}

// organization is a unit. Only names that say so are taken for a part of
// government: party committees, congresses, courts, hospitals and companies
// answer for rectification too.
func organization(name string) Thing {
	kind := "Organization"
	if strings.HasSuffix(name, "人民政府") || strings.HasSuffix(name, "人民政府办公室") || strings.HasSuffix(name, "局") {
		kind = "GovernmentOrganization"
	}
	return Thing{"@type": kind, "name": name}
}

// unitThing is the unit whose portal this is, with its ways of contact.
func (b *Book) unitThing() Thing {
	t := organization(b.portal.Unit)
	t["url"] = b.base
	if c := b.portal.Contact; c != nil {
		if len(c.Phones) > 0 {
			t["telephone"] = c.Phones
		}
		if len(c.Emails) > 0 {
			t["email"] = c.Emails
		}
		if c.Address != "" {
			t["address"] = c.Address
		}
	}
	return t
}

func (b *Book) reportThing(r *model.Report) Thing {
	t := Thing{
		"@type": "Report", "name": r.Title, "url": b.base + escape(reportPath(r.ID)),
		"publisher": organization(cmp.Or(r.Issuer, r.Unit)),
	}
	if r.PublishedAt != "" {
		t["datePublished"] = moment(r.PublishedAt)
	}
	return t
}

// moment is a minute as machines read it; the clocks are China's.
func moment(m model.Minute) string {
	day, time, ok := strings.Cut(string(m), " ")
	if !ok {
		return day
	}
	return day + "T" + time + ":00+08:00"
}

// graph is the page as Open Graph describes it to programs that show links.
func (b *Book) graph(f Frame, a about) []Meta {
	kind := "website"
	if a.meta == article {
		kind = "article"
	}
	tags := []Meta{
		{"og:type", kind},
		{"og:title", f.Title},
		{"og:description", f.Description},
		{"og:url", f.Canonical},
		{"og:site_name", b.portal.Name},
	}
	if b.portal.Language == model.SimplifiedChinese {
		tags = append(tags, Meta{"og:locale", "zh_CN"})
	}
	if a.meta == article && a.report != nil {
		tags = append(tags, Meta{"article:published_time", moment(a.report.PublishedAt)})
	}
	return known(tags)
}
