package main

import (
	"errors"
	"fmt"
	"io"
	"syscall"
	"testing"

	"rectify/site/problem"
	"rectify/site/publish"
)

func TestWhyALinkBrokeIsSaidInOneLanguage(t *testing.T) {
	for _, c := range []struct {
		cause error
		zh    string
	}{
		{syscall.ECONNRESET, "(对方重置了连接)"},
		{&publish.UnreachableError{Address: "127.0.0.1:22", Err: syscall.ECONNREFUSED}, "(对方拒绝连接)"},
		{io.ErrUnexpectedEOF, "(对方关闭了连接)"},
		{errors.New("ssh: overflow reading version string"), ""},
	} {
		cause := fmt.Errorf("list releases: %w: %w", publish.ErrLost, c.cause)
		got := breakWords(cause)
		if got[problem.Chinese] != c.zh || got[problem.English] != " ("+cause.Error()+")" {
			t.Errorf("%v: %q", c.cause, got)
		}
	}
}
