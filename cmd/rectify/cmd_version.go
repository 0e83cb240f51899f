package main

import (
	"context"
	"flag"
	"runtime"
)

var versionCommand = command{
	name:    "version",
	summary: words{"显示版本", "show the version"},
	help: words{
		"rectify version\nrectify version --json\n\n显示程序的版本、编译它的 Go 和系统。",
		"rectify version\nrectify version --json\n\nShows the program's version, the Go that compiled it and the system.",
	},
	setup: func(*flag.FlagSet) func(context.Context, *session, []string) error {
		return func(_ context.Context, s *session, args []string) error {
			if len(args) > 0 {
				return tooMany(args)
			}
			v := struct {
				Version string `json:"version"`
				Go      string `json:"go"`
				System  string `json:"system"`
			}{version, runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH}
			return s.result(v, "rectify "+v.Version+" ("+v.Go+", "+v.System+")")
		}
	},
}

// tooMany is the answer to arguments that a command does not take.
func tooMany(args []string) error {
	return &usageError{words{"多余的参数:" + args[0], "unexpected argument: " + args[0]}}
}
