package check

import (
	"regexp"

	"rectify/site/problem"
)

// The forms of the marks that monitoring software checks. An ICP number has
// eight digits, or ten since the year stands before it.
var (
	siteIDForm = regexp.MustCompile(`^(\d{10}|bm\d{8})$`)
	icpForm    = regexp.MustCompile(`^[一-龥]ICP备(\d{8}|\d{10})号(-\d+)?$`)
	policeForm = regexp.MustCompile(`^[一-龥]公网安备\s?\d{14}号$`)
)

// officialForms holds the given marks of a government site against their forms.
func officialForms(s *subject) problem.List {
	official := &s.public.Official
	marks := []struct {
		key, value string
		form       *regexp.Regexp
		like       string
	}{
		{"site_id_code", official.SiteIDCode, siteIDForm, problem.Both("十位数字,或 bm 加八位数字", "ten digits, or bm and eight digits")},
		{"icp", official.ICP, icpForm, problem.Both("“某ICP备”加八位或十位数字加“号”,后面可以有“-1”", "某ICP备, eight or ten digits, 号, and perhaps -1")},
		{"police_filing", official.PoliceFiling, policeForm, problem.Both("“某公网安备”加十四位数字加“号”", "某公网安备, fourteen digits, 号")},
	}
	var found problem.List
	for _, mark := range marks {
		if mark.value != "" && !mark.form.MatchString(mark.value) {
			found = append(found, problem.New(problem.BadMark, official.At(mark.key), mark.value, mark.like))
		}
	}
	return found
}
