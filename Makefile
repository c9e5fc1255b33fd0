# The only entry points. Each prints what it does, how long each step took and, when it fails, the cure.
# Caches live in PINDESK_CACHE (default ~/.cache/pindesk); a lost cache only costs time.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run watch build setup check test e2e bench torture audit screens migration fmt clean clean-cache

help: ## This list
	@awk -F ':.*## ' '/^[a-z][a-z0-9-]*:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Build what changed and start PinDesk with the partner sandbox on http://localhost:3000
	@exec .setup/run.sh $(args)

watch: ## The same, rebuilt and reloaded at every save (cargo-leptos; its first installation takes long)
	@exec .setup/watch.sh $(args)

build: ## The release: programs and site in target/dist
	@.setup/build.sh

setup: ## Install everything that building and testing needs (a second when it is all there)
	@.setup/setup.sh all

check: ## While working: formatting, clippy (host and browser), room rules, unit tests
	@.setup/setup.sh all
	@.setup/checks.sh fmt rooms clippy clippy-wasm quick

test: ## Everything: set-up, lints, all Rust tests, both builds, browser suite (what CI runs)
	@.setup/test.sh

e2e: ## The browser suite on the built product; one file: make e2e args=order.spec.ts
	@.setup/e2e.sh $(args)

bench: ## Measurements for docs/benchmarks.md
	@.setup/bench.sh $(args)

torture: ## Kill, cut and flood the running product, then balance the books
	@.setup/torture.sh $(args)

audit: ## Lighthouse on the main pages
	@.setup/audit.sh $(args)

screens: ## Pictures of the screens, phone and laptop, into docs/screens
	@.setup/screens.sh $(args)

migration: ## A pair of empty migrations: make migration name=add_gift_note
	@.setup/migration.sh $(name)

fmt: ## Format the code
	@cargo fmt --all

clean: ## Remove what this clone built (not ./var, which is data; not the cache)
	rm -rf target end2end/test-results end2end/playwright-report style/node_modules end2end/node_modules

clean-cache: ## Remove the build caches of all clones (the next build is a cold one)
	@source .setup/lib.sh && rm -rf "$$PINDESK_CACHE"/{target,target-wasm,target-tools,web,node} && say "emptied $$PINDESK_CACHE (tools and wasm-std kept)"
