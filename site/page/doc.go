// Package page turns the public model into the list of pages.
//
// A page is a pure function: everything that a template shows is computed here
// and stands in the page's own struct, as text ready to be shown. Lists,
// pagination, neighbours, counts, breadcrumbs and relative links are made in
// this room; a template sorts nothing, counts nothing and asks no clock.
//
// The structs in contract*.go are the contract with the theme. Their JSON keys
// are what a template reads: `.Params.issue.title`. Rules of the contract:
//
//   - a number that is shown is a string (Hugo turns numbers of front matter
//     into float64, and 1048576 would print as 1.048576e+06);
//   - keys are snake_case (Hugo lower-cases them);
//   - every Href is relative to the page it stands on, and names its file;
//   - an empty value means that the data do not say, and is shown as nothing.
//
// What is the same on all pages (name, navigation, footer) stands once in Site;
// its links are relative to the portal's root, and a page's Root leads there.
package page
