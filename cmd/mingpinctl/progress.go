package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// A bar shows how far long work is, on a terminal, once it has taken a second.
type bar struct {
	out   io.Writer
	label string
	begun time.Time
	shown time.Time
	now   func() time.Time
}

// bar begins a progress bar. It stays silent where no person watches.
func (s *session) bar(key string) *bar {
	b := &bar{label: s.say.T(key), begun: time.Now(), now: time.Now}
	if f, ok := s.err.(*os.File); ok && isTerminal(f) {
		b.out = f
	}
	return b
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// set draws the bar at most ten times a second.
func (b *bar) set(done, total int64) {
	if b.out == nil || total <= 0 {
		return
	}
	now := b.now()
	if now.Sub(b.begun) < time.Second || now.Sub(b.shown) < 100*time.Millisecond {
		return
	}
	b.shown = now
	const width = 30
	filled := int(min(done, total) * width / total)
	fmt.Fprintf(b.out, "\r%s [%s%s] %3d%%", b.label, strings.Repeat("#", filled), strings.Repeat(".", width-filled), min(done, total)*100/total)
}

// pages is set for work counted in pages.
func (b *bar) pages(done, total int) { b.set(int64(done), int64(total)) }

// end clears the line.
func (b *bar) end() {
	if !b.shown.IsZero() {
		fmt.Fprint(b.out, "\r\033[K")
	}
}
