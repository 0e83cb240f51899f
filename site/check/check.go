package check

import (
	"rectify/site/model"
	"rectify/site/problem"
)

// Options are what a build decides beside the data.
type Options struct {
	BaseURL string // given for this build; "" means the portal's own
}

// rules are run in this order; the list that Run returns is sorted.
var rules = []func(*model.Portal, Options) problem.List{
	owner,
}

// Run applies every rule.
func Run(portal *model.Portal, o Options) problem.List {
	var found problem.List
	for _, rule := range rules {
		found = append(found, rule(portal, o)...)
	}
	found.Sort()
	return found
}
