package site

import (
	"context"
	"testing"

	"github.com/spf13/afero"

	"rectify/site/page"
	"rectify/site/render"
)

// Of each layout the same few pages are tried as “rectify check --theme” tries:
// every page is rendered eight times.
func TestEveryKindOfPageOfTheThemeIsPure(t *testing.T) {
	for name, dir := range map[string]string{"real": realPortal, "example": examplePortal(t)} {
		t.Run(name, func(t *testing.T) {
			portal := loaded(t, dir)
			book := bookOf(portal.Public(), Options{BaseURL: "https://www.example.org/"}, demoHistory())
			theme, err := openTheme(afero.NewBasePathFs(afero.NewOsFs(), dir), portal.Theme)
			if err != nil {
				t.Fatal(err)
			}
			renderer, found := render.New(theme, render.Options{Site: book.Site()})
			if found.HasErrors() {
				t.Fatal(found)
			}
			kinds := map[string]int{}
			var pages []page.Page
			for p := range book.Pages() {
				if kinds[p.Layout]++; kinds[p.Layout] <= sample {
					pages = append(pages, p)
				}
			}
			for _, layout := range page.Layouts() {
				// One report of one unit needs no pages that list several.
				if kinds[layout] == 0 && (name == "example" || layout != page.LayoutGroups) {
					t.Errorf("the portal has no page of the layout %s", layout)
				}
			}
			found, err = renderer.CheckPurity(context.Background(), pages)
			if err != nil || len(found) > 0 {
				t.Error(found, err)
			}
		})
	}
}

func TestSecondBuildTouchesNothing(t *testing.T) {
	for name, dir := range map[string]string{"real": realPortal, "example": examplePortal(t)} {
		t.Run(name, func(t *testing.T) {
			o := Options{Dir: dir, Out: t.TempDir()}
			first, err := Build(context.Background(), o)
			if err != nil {
				t.Fatal(err)
			}
			second, err := Build(context.Background(), o)
			if err != nil {
				t.Fatal(err)
			}
			if first.Written == 0 || second.Written != 0 || second.Unchanged != first.Written || second.Removed != 0 {
				t.Errorf("first %d written; second %d written, %d unchanged, %d removed", first.Written, second.Written, second.Unchanged, second.Removed)
			}
		})
	}
}

func TestInterruptedBuildWritesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	out := t.TempDir()
	_, err := Build(ctx, Options{Dir: realPortal, Out: out, Progress: func(p Progress) {
		if p.Stage == StageRender && p.Done == 20 {
			cancel()
		}
	}})
	if err == nil {
		t.Fatal("the build did not notice")
	}
	if left := digests(t, out); len(left) > 0 {
		t.Errorf("files left: %v", left)
	}
}
