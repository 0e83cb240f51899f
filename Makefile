# The one door to the project: “make” lists what can be done here.

GO       ?= go
BIN      := .bin/rectify
VERSION  ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo devel)
CIVIC    := themes/civic
# Linters are pinned here and not in go.mod, so that they do not move the
# versions of what the program is made of.
GOFUMPT     := mvdan.cc/gofumpt@v0.12.0
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

# How long test-all fuzzes each target.
FUZZTIME ?= 30s

export CGO_ENABLED ?= 0

.DEFAULT_GOAL := help
.PHONY: help binary site test test-go test-web test-all lint fmt bench dist ci clean

# What people run it on. One source, no cgo.
PLATFORMS := windows/amd64 linux/amd64 linux/arm64 linux/loong64 darwin/arm64

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

binary: ## compile the program into .bin/
	$(GO) build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o $(BIN) ./cmd/rectify

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
	$(GO) test ./...

test-web: binary $(CIVIC)/node_modules/.package-lock.json ## run the theme's tests in a real browser
	@sh $(CIVIC)/test/browser.sh
	rm -rf .bin/site .bin/example
	$(BIN) build --out .bin/site -q
	$(BIN) init --example .bin/example -q && sh $(CIVIC)/test/releases.sh $(CURDIR)/$(BIN) .bin/example
	cd $(CIVIC) && RECTIFY_SITE=$(CURDIR)/.bin/site:$(CURDIR)/.bin/example/public RECTIFY_BIN=$(CURDIR)/$(BIN) RECTIFY_PORTAL=$(CURDIR) npm test
	cd $(CIVIC)/test/archive && npm ci --no-audit --no-fund && RECTIFY_SNAPSHOTS=$(CURDIR)/.bin/example npm test

$(CIVIC)/node_modules/.package-lock.json: $(CIVIC)/package-lock.json
	@command -v npm >/dev/null || { echo "npm is missing: install Node.js 20 or newer to run the browser tests" >&2; exit 1; }
	cd $(CIVIC) && npm ci --no-audit --no-fund

test-all: test ## run what is slower too: the race detector, long fuzzing, kills, replay
	$(GO) test -tags long ./cmd/rectify ./site/release -run Long -timeout 30m
	cd $(CIVIC)/test/replay && npm ci --no-audit --no-fund --ignore-scripts && RECTIFY_SNAPSHOTS=$(CURDIR)/.bin/example npm test
	CGO_ENABLED=1 $(GO) test -race $$($(GO) list ./... | grep -v -e /render -e /cmd/ -e 'site$$')
	$(GO) test -tags office ./site/export ./site/importer ./site/ledger -run LibreOffice
	@for room in load check minify audit export importer ledger; do \
		for target in $$($(GO) test ./site/$$room -list '^Fuzz' | grep '^Fuzz'); do \
			echo "$$room $$target"; \
			$(GO) test ./site/$$room -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) || exit 1; \
		done; \
	done

lint: ## check format and code
	@out=$$($(GO) run $(GOFUMPT) -l cmd site themes/*.go); test -z "$$out" || { echo "not gofumpt-ed (make fmt mends it):" >&2; echo "$$out" >&2; exit 1; }
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...

fmt: ## format the code
	$(GO) run $(GOFUMPT) -w cmd site themes/*.go

bench: ## measure each room at 30, 1,000 and 10,000 synthetic items
	$(GO) test ./site -run '^$$' -bench Stage -benchtime 1x -timeout 30m

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
