package main

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"rectify/site/problem"
)

// Whoever runs the tests may be allowed to write everywhere, so the error is
// made by hand.
func TestMissingPermissionIsSaidWithWhatToDo(t *testing.T) {
	err := fmt.Errorf("make a portal in x: %w", &fs.PathError{Op: "mkdir", Path: "x", Err: fs.ErrPermission})
	for lang, want := range map[problem.Lang]string{
		problem.Chinese: "请换一个自己的文件夹",
		problem.English: "choose a folder of your own",
	} {
		s := &session{lang: lang}
		code, text, _ := s.explain(t.Context(), err)
		if code != exitFailed || !strings.Contains(text, want) || !strings.Contains(text, "mkdir x") {
			t.Errorf("exit %d: %s", code, text)
		}
	}
}
