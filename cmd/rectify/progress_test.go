package main

import (
	"testing"
	"time"

	"rectify/site"
	"rectify/site/problem"
)

func TestProgressTellsCountRateAndTimeLeft(t *testing.T) {
	for _, c := range []struct {
		progress site.Progress
		spent    time.Duration
		lang     problem.Lang
		want     string
	}{
		{site.Progress{Stage: site.StageRender}, 5 * time.Second, problem.English, "making pages"},
		{site.Progress{Stage: site.StageRender, Done: 3}, 0, problem.English, "making pages 3"},
		{site.Progress{Stage: site.StageRender, Done: 300, Of: 900}, 2 * time.Second, problem.English, "making pages 300, 150 a second"},
		{site.Progress{Stage: site.StageRender, Done: 400, Issues: 300, Of: 900}, 4 * time.Second, problem.English, "making pages 400, 100 a second, about 8s left"},
		{site.Progress{Stage: site.StageRender, Done: 400, Issues: 300, Of: 900}, 4 * time.Second, problem.Chinese, "生成网页 400,每秒 100,约需 8s"},
	} {
		if got := progressText(c.lang, c.progress, c.spent); got != c.want {
			t.Errorf("%+v after %s: got %q, want %q", c.progress, c.spent, got, c.want)
		}
	}
}
