package sample

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"mingpin/assess"
	"mingpin/assess/assesstest"
)

// A Vault is what Install needs of a client's vault.
type Vault interface {
	Save(ctx context.Context, entities ...assess.Entity) error
	AddEvidence(ctx context.Context, meta assess.Evidence, name string, r io.Reader) (assess.Evidence, bool, error)
	Snapshot(ctx context.Context, application string, pack assess.PackRef, locale string) (assess.Snapshot, error)
}

// Install enters the sample into v, the vault of c.Client, as a careful
// applicant would have: the records, the files, the answers, and 编制, 审核 and
// 批准 of what the vault then holds under pack. It returns the id of the
// application.
func Install(ctx context.Context, v Vault, c assesstest.Case, pack assess.PackRef) (application string, err error) {
	if err := v.Save(ctx, c.Entities...); err != nil {
		return "", fmt.Errorf("save records of sample: %w", err)
	}
	if err := addPapers(ctx, v, c); err != nil {
		return "", err
	}
	if err := v.Save(ctx, c.After...); err != nil {
		return "", fmt.Errorf("save answers of sample: %w", err)
	}
	s, err := v.Snapshot(ctx, c.Application, pack, assesstest.Locale)
	if err != nil {
		return "", fmt.Errorf("read sample: %w", err)
	}
	if err := v.Save(ctx, c.Reviews(s)...); err != nil {
		return "", fmt.Errorf("save reviews of sample: %w", err)
	}
	return c.Application, nil
}

// ahead is how many files are rendered or wait while one is written to disk.
const ahead = 3

// rendered is a finished file, or why there is none.
type rendered struct {
	file []byte
	err  error
}

// addPapers renders the papers beside each other and adds them in their order.
func addPapers(ctx context.Context, v Vault, c assesstest.Case) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	queue := make(chan chan rendered, ahead-1)
	go func() {
		defer close(queue)
		for _, p := range c.Papers {
			done := make(chan rendered, 1)
			select {
			case queue <- done:
			case <-ctx.Done():
				return
			}
			go func() { done <- render(p, c.Client) }()
		}
	}()
	for _, p := range c.Papers {
		done, open := <-queue
		if !open {
			return ctx.Err()
		}
		r := <-done
		if r.err != nil {
			return r.err
		}
		if _, _, err := v.AddEvidence(ctx, p.Record, p.File, bytes.NewReader(r.file)); err != nil {
			return fmt.Errorf("add %s of sample: %w", p.File, err)
		}
	}
	return nil
}

func render(p assesstest.Paper, client assess.Client) rendered {
	var file bytes.Buffer
	err := Write(&file, p, client)
	return rendered{file.Bytes(), err}
}
