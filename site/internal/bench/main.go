package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// options are what make gives.
type options struct {
	rectify, hugo string // programs
	npm           string // folder with node_modules for the contestants from npm
	work          string // where portals and outputs go
	sizes         []int
	only          string // contestants, "" for all
	rounds        int
	most          int64 // bytes of memory
	raw           string
}

func main() {
	var o options
	sizes, most := "", 0
	flag.StringVar(&o.rectify, "rectify", ".bin/rectify", "the program")
	flag.StringVar(&o.hugo, "hugo", ".bin/tools/hugo", "the hugo command")
	flag.StringVar(&o.npm, "npm", ".bin/bench", "folder in which the package.json of eleventy/ is installed")
	flag.StringVar(&o.work, "work", "/dev/shm/rectify-bench", "a folder on a tmpfs; it is removed at the end")
	flag.StringVar(&sizes, "sizes", "30,1000,10000,100000", "how many items")
	flag.StringVar(&o.only, "only", "", "contestants, with commas between them")
	flag.IntVar(&o.rounds, "rounds", 1, "how often everything is measured")
	flag.IntVar(&most, "most", 12, "GB of memory that a process may take")
	flag.StringVar(&o.raw, "json", "", "a file for all measurements")
	flag.Parse()
	o.most = int64(most) << 30
	for text := range strings.SplitSeq(sizes, ",") {
		n, err := strconv.Atoi(text)
		if err != nil {
			fatal(fmt.Errorf("--sizes: %w", err))
		}
		o.sizes = append(o.sizes, n)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o); err != nil {
		fatal(err)
	}
}

func fatal(err error) {
	fmt.Fprintln(os.Stderr, "bench:", err)
	os.Exit(1)
}

func run(ctx context.Context, o options) (err error) {
	for _, name := range []*string{&o.rectify, &o.hugo, &o.npm, &o.work} {
		if *name, err = filepath.Abs(*name); err != nil {
			return err
		}
	}
	defer os.RemoveAll(o.work)
	var all []measurement
	for _, n := range o.sizes {
		found, err := measureSize(ctx, o, n)
		if err != nil {
			return fmt.Errorf("%d items: %w", n, err)
		}
		all = append(all, found...)
	}
	if o.raw != "" {
		data, err := json.MarshalIndent(all, "", " ")
		if err == nil {
			err = os.WriteFile(o.raw, data, 0o644)
		}
		if err != nil {
			return err
		}
	}
	return printTable(os.Stdout, all, time.Now())
}
