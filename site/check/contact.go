package check

import "rectify/site/problem"

// contact asks for one way at least to reach the unit. A report may have a
// contact of its own, but every page of the portal shows one.
func contact(s *subject) problem.List {
	c := s.public.Contact
	if c == nil {
		return problem.List{problem.New(problem.NoContact, s.public.Self())}
	}
	if len(c.Phones) == 0 && c.Address == "" && len(c.Emails) == 0 {
		return problem.List{problem.New(problem.NoContact, c.Self())}
	}
	return nil
}
