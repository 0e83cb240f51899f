# The one door to the project: “make” lists what can be done here.

GO       ?= go
BIN      := .bin/rectify
VERSION  ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo devel)
CIVIC    := themes/civic
# Linters are pinned here and not in go.mod, so that they do not move the
# versions of what the program is made of.
GOFUMPT     := mvdan.cc/gofumpt@v0.12.0
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

# What the publishing tests publish to.
SERVERS := site/publish/conformance/servers.sh
# What bench-search measures beside ours.
PAGEFIND    := pagefind@1.6.0

# How long test-all fuzzes each target. By itself Go would spend a minute on making
# each input that finds something smaller, and next to nothing on new ones.
FUZZTIME ?= 30s

export CGO_ENABLED ?= 0

.DEFAULT_GOAL := help
.PHONY: help binary site test test-go test-web test-web-all test-all shots lint fmt bench bench-rooms bench-releases bench-releases-short bench-publish bench-search dist ci clean

# What people run it on. One source, no cgo.
PLATFORMS := windows/amd64 linux/amd64 linux/arm64 linux/loong64 darwin/arm64

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  %-20s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Without -trimpath, so that it shares what the tests have compiled.
binary: ## compile the program into .bin/
	$(GO) build -ldflags "-s -w -X main.version=$(VERSION)" -o $(BIN) ./cmd/rectify

site: binary ## build the real portal from data/ into public/
	$(BIN) build

test: lint test-go test-web ## run all tests (what CI runs)

# Programs of others that the Go tests hold our files against, with their Debian packages.
TOOLS := xmllint:libxml2-utils minisign:minisign ssh-keygen:openssh-client unzip:unzip jq:jq xdelta3:xdelta3 python3:python3 unshare:util-linux

.PHONY: tools
tools:
	@missing=; for tool in $(TOOLS); do command -v $${tool%:*} >/dev/null || missing="$$missing $${tool#*:}"; done; \
	[ -z "$$missing" ] || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; } || \
		{ echo "programs are missing that the tests need; install (Debian):$$missing" >&2; exit 1; }

test-go: tools ## run the Go tests
	@GO="$(GO)" sh $(SERVERS)
	$(GO) test -timeout 20m ./...

# What the tests in a browser look at: the real portal, and the example with releases.
WEB := RECTIFY_SITE=$(CURDIR)/.bin/site:$(CURDIR)/.bin/example/public RECTIFY_BIN=$(CURDIR)/$(BIN) RECTIFY_PORTAL=$(CURDIR)

.PHONY: web-sites
web-sites: binary $(CIVIC)/node_modules/.package-lock.json
	@sh $(CIVIC)/test/browser.sh
	rm -rf .bin/site .bin/example
	$(BIN) build --out .bin/site -q
	$(BIN) init --example .bin/example -q && sh $(CIVIC)/test/releases.sh $(CURDIR)/$(BIN) .bin/example

# The search page in Chromium against a look through all texts.
SEARCH_PAGE = $(GO) test -tags web ./site/search -run 'SearchPage|AtLeast' -timeout 30m -args -real=$(CURDIR)/.bin/site -example=$(CURDIR)/.bin/example/public

test-web: web-sites ## run the theme's tests in a real browser, on a page of each kind
	cd $(CIVIC) && $(WEB) npm test
	cd $(CIVIC)/test/archive && npm ci --no-audit --no-fund && RECTIFY_SNAPSHOTS=$(CURDIR)/.bin/example npm test
	$(SEARCH_PAGE)

test-web-all: web-sites ## the same on all pages, with Lighthouse and Firefox
	cd $(CIVIC) && $(WEB) RECTIFY_ALL=1 npm test
	RECTIFY_ALL=1 $(SEARCH_PAGE)
	@sh $(CIVIC)/test/heavy/browser.sh
	cd $(CIVIC)/test/heavy && npm ci --no-audit --no-fund && $(WEB) npm test

shots: web-sites ## write pictures of the main pages into .bin/shots/
	rm -rf .bin/shots
	cd $(CIVIC) && $(WEB) RECTIFY_SHOTS=$(CURDIR)/.bin/shots npm run shots

$(CIVIC)/node_modules/.package-lock.json: $(CIVIC)/package-lock.json
	@command -v npm >/dev/null || { echo "npm is missing: install Node.js 20 or newer to run the browser tests" >&2; exit 1; }
	cd $(CIVIC) && npm ci --no-audit --no-fund

test-all: test test-web-all ## run what is slower too: all pages in browsers, random edits, the race detector, long fuzzing, kills, replay
	RECTIFY_EDITS=200 $(GO) test ./site -run RemembersMakes -timeout 60m
	RECTIFY_TEST_ALL=1 $(GO) test ./site/publish/conformance -timeout 30m
	$(GO) test -tags long ./cmd/rectify ./site/release -run Long -timeout 30m
	cd $(CIVIC)/test/replay && npm ci --no-audit --no-fund --ignore-scripts && RECTIFY_SNAPSHOTS=$(CURDIR)/.bin/example npm test
	CGO_ENABLED=1 $(GO) test -race $$($(GO) list ./... | grep -v -e /render -e /cmd/ -e 'site$$')
	$(GO) test -tags office ./site/export ./site/importer ./site/ledger -run LibreOffice
	$(GO) test -tags slow ./site/search -run TenThousand -timeout 30m
	@for room in load check minify audit export importer ledger search; do \
		for target in $$($(GO) test ./site/$$room -list '^Fuzz' | grep '^Fuzz'); do \
			echo "$$room $$target"; \
			$(GO) test ./site/$$room -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x || exit 1; \
		done; \
	done

lint: ## check format and code
	@out=$$($(GO) run $(GOFUMPT) -l cmd site themes/*.go); test -z "$$out" || { echo "not gofumpt-ed (make fmt mends it):" >&2; echo "$$out" >&2; exit 1; }
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...

fmt: ## format the code
	$(GO) run $(GOFUMPT) -w cmd site themes/*.go

# What bench measures rectify beside, at fixed versions.
HUGO  := github.com/gohugoio/hugo@v0.165.0
SIZES ?= 30,1000,10000,100000

bench: binary .bin/tools/hugo .bin/bench/node_modules/.package-lock.json ## measure rectify beside hugo, Pagefind and Eleventy (SIZES=30,1000,10000,100000)
	$(GO) run ./site/internal/bench --sizes $(SIZES)

.bin/tools/hugo:
	GOBIN=$(CURDIR)/.bin/tools $(GO) install $(HUGO)

.bin/bench/node_modules/.package-lock.json: site/internal/bench/eleventy/package-lock.json
	mkdir -p .bin/bench && cp site/internal/bench/eleventy/package.json site/internal/bench/eleventy/package-lock.json .bin/bench/
	cd .bin/bench && npm ci --no-audit --no-fund

bench-rooms: ## measure each room at 30, 1,000 and 10,000 synthetic items
	$(GO) test ./site -run '^$$' -bench Stage -benchtime 1x -timeout 30m

bench-publish: ## publish 10,000 files of which 1 % changed, beside rclone
	@GO="$(GO)" sh $(SERVERS) rclone
	$(GO) test ./site/publish/conformance -run '^$$' -bench OnePercent -benchtime 1x -timeout 30m

bench-search: binary $(CIVIC)/node_modules/.package-lock.json ## measure the search at 30 to 100,000 items, beside Pagefind
	@sh $(CIVIC)/test/browser.sh
	$(BIN) build --out .bin/site -q
	npm install --no-audit --no-fund --prefix .bin/rival $(PAGEFIND)
	$(GO) test -tags bench ./site/search -run TestMeasure -v -timeout 6h -args -site=$(CURDIR)/.bin/site -pagefind=$(CURDIR)/.bin/rival/node_modules/.bin/pagefind

bench-releases: ## measure fifty releases of 10,000 synthetic items
	$(GO) test ./site -run '^$$' -bench 'Release/items=10000$$' -benchtime 1x -timeout 5h -v

bench-releases-short: ## measure five of them, and extrapolate
	$(GO) test ./site -run '^$$' -bench 'Release/items=10000$$' -benchtime 1x -short -timeout 1h -v

dist: ## compile for every platform into .bin/dist/
	@for platform in $(PLATFORMS); do \
		os=$${platform%/*}; arch=$${platform#*/}; end=; [ $$os = windows ] && end=.exe; \
		echo "$$platform"; \
		CGO_ENABLED=0 GOOS=$$os GOARCH=$$arch $(GO) build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" \
			-o .bin/dist/rectify-$$os-$$arch$$end ./cmd/rectify || exit 1; \
	done

ci: test ## the same as test

clean: ## remove what make made, but not public/
	rm -rf .bin $(CIVIC)/node_modules $(CIVIC)/test/*/node_modules
