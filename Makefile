# Every target is a few steps; script/step prints each with the time it took.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help up build image test bench lint fmt docs release clean

# Outside the clone, so that a second clone does not compile the dependencies again.
cache := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/jubako
swift_build := swift build --scratch-path $(cache)/build
products := $(cache)/build/debug
sources := Sources Tests examples Package.swift

help: ## Show this list
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

up: ## Build, start the platform on this machine, deploy the sample app; Ctrl-C stops it
	@script/bootstrap
	@$(MAKE) --no-print-directory build image
	@exec $(products)/jubako up examples/cookbook/apps/recipes.yml

build: ## Compile jubako and the sample app
	@script/step "Building jubako and the sample app" $(swift_build)

image: ## Build the sample app's images from local files
	@script/step --tail 2 "Building the sample app's images" script/build-image 1 2

test: ## Run all tests; FILTER=REGEX runs some
	@script/bootstrap test
	@script/step "Building jubako, the sample app, the tests" $(swift_build) --build-tests
	@$(MAKE) --no-print-directory image
	@PATH="$(cache)/tools/test/bin:$$PATH" script/step --tail 6 "Running the tests" \
		timeout --kill-after=30 30m script/test $(cache)/build $(if $(FILTER),--filter '$(FILTER)')

bench: ## Measure the README's figures, peers in the same run; PART=NAME measures one group
	@script/bootstrap bench
	@script/step "Building for release" $(swift_build) -c release
	@PATH="$(cache)/tools/bench/bin:$$PATH" Benchmarks/run $(PART)

lint: ## Check format, imports and file lengths
	@script/step "Checking the format" swift format lint --strict --recursive --parallel $(sources)
	@script/step "Checking imports and lengths" script/check-imports

fmt: ## Format the sources
	@script/step "Formatting" swift format --in-place --recursive --parallel $(sources)

docs: ## Check that every link in the documentation resolves
	@script/step --tail 1 "Checking the documentation's links" script/check-docs

release: ## Build the optimised program
	@script/step "Building for release" $(swift_build) -c release --product jubako
	@strip -s -o $(cache)/jubako $(cache)/build/release/jubako && ls -lh $(cache)/jubako

clean: ## Delete what was built, dependencies included
	@rm -rf $(cache)/build $(cache)/jubako
