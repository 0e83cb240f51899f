package check

import (
	"strings"

	"rectify/site/model"
	"rectify/site/problem"
)

// owner says what only the site's owner can give and has not given yet: the
// portal's address and the marks that every page of a government site carries.
// They are never made up, so their absence is a warning.
func owner(portal *model.Portal, o Options) problem.List {
	var found problem.List
	if portal.BaseURL == "" && o.BaseURL == "" {
		found = append(found, problem.New(problem.NoBaseURL, portal.Self()))
	}
	marks := []struct{ word, value string }{
		{"网站标识码 official.site_id_code", portal.Official.SiteIDCode},
		{"ICP备案号 official.icp", portal.Official.ICP},
		{"公安机关备案号 official.police_filing", portal.Official.PoliceFiling},
		{"党政机关标识 official.party_mark_url", string(portal.Official.PartyMarkURL)},
		{"网站找错 official.error_url", string(portal.Official.ErrorURL)},
		{"主办单位 official.sponsor", portal.Official.Sponsor},
	}
	var missing []string
	for _, mark := range marks {
		if mark.value == "" {
			missing = append(missing, mark.word)
		}
	}
	if len(missing) > 0 {
		found = append(found, problem.New(problem.MissingMarks, portal.At("official"), strings.Join(missing, "、")))
	}
	return found
}
