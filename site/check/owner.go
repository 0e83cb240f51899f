package check

import (
	"strings"

	"rectify/site/model"
	"rectify/site/problem"
)

// owner says what only the site's owner can give and has not given yet: the
// portal's address and the marks that every page of a government site carries.
// They are never made up, so their absence is a warning.
func owner(s *subject) problem.List {
	portal := s.public
	var found problem.List
	if portal.BaseURL == "" && s.BaseURL == "" {
		found = append(found, problem.New(problem.NoBaseURL, lacking(portal, "base_url")))
	}
	marks := []struct{ word, key, value string }{
		{"网站标识码", "site_id_code", portal.Official.SiteIDCode},
		{"ICP备案号", "icp", portal.Official.ICP},
		{"公安机关备案号", "police_filing", portal.Official.PoliceFiling},
		{"党政机关标识", "party_mark_url", string(portal.Official.PartyMarkURL)},
		{"网站找错", "error_url", string(portal.Official.ErrorURL)},
		{"主办单位", "sponsor", portal.Official.Sponsor},
	}
	var words, keys []string
	for _, mark := range marks {
		if mark.value == "" {
			words = append(words, mark.word+" "+mark.key)
			keys = append(keys, mark.key)
		}
	}
	if len(keys) > 0 {
		found = append(found, problem.New(problem.MissingMarks, lacking(portal, "official"),
			problem.Both(strings.Join(words, "、"), strings.Join(keys, ", "))))
	}
	return found
}

// lacking is the place of a key of portal.yaml of which something is missing:
// the file alone where the key is not written, since no line is to blame.
func lacking(portal *model.Portal, key string) problem.Place {
	if at := portal.At(key); at != portal.Self() {
		return at
	}
	return problem.Place{File: portal.Self().File}
}
