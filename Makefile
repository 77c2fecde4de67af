# Thin: the commands a newcomer needs. See README.md.

export CGO_ENABLED ?= 0

TEST_TOOLS = pdfsig:poppler-utils mutool:mupdf-tools qpdf:qpdf openssl:openssl certutil:libnss3-tools
BENCH_TOOLS = openssl:openssl python3:python3

VERSION = $(shell sed -n 's/^Version = "\(.*\)"/\1/p' FyneApp.toml)

.PHONY: run test lint unit bench clean

# Builds and opens the program on the sample; where there is no desktop yet, or
# no display, makes the sample's volume and package and says where they lie.
run:
	go build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o bin/mingpinctl ./cmd/mingpinctl
	bin/mingpinctl demo build/demo

# Everything: style, unit tests, sessions, foreign validators.
test: lint
	@tools/need.sh $(TEST_TOOLS)
	go test ./...

lint:
	@out=$$(git ls-files '*.go' | xargs go tool gofumpt -l) && test -z "$$out" || { echo "gofumpt: $$out"; exit 1; }
	go vet ./...
	go tool staticcheck ./...

# What a developer runs all the time: no sessions, no large files.
unit:
	go test -short ./...

# Ratios measured side by side in one run; asserts nothing.
bench:
	@tools/need.sh $(BENCH_TOOLS)
	@/usr/bin/python3 -c 'import reportlab' 2>/dev/null || tools/need.sh reportlab-is-no-command:python3-reportlab
	tools/bench.sh

clean:
	rm -rf bin build dist
