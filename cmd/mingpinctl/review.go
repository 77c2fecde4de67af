package main

import (
	"fmt"

	"mingpin/assess"
	"mingpin/assess/programme"
)

type reviewCommand struct {
	Step string `arg:"" enum:"prepared,reviewed,approved,returned" help:"${help_review_step}"`
	By   string `required:"" help:"${help_review_by}"`
	Note string `help:"${help_review_note}"`
	On   string `help:"${help_review_on}"`
}

// Run records one step of 编制 → 审核 → 批准 over the content as it stands now.
func (c reviewCommand) Run(s *session) error {
	on, err := date(c.On)
	if err != nil {
		return err
	}
	if on == "" {
		on = programme.DateOf(s.now())
	}
	j, err := s.job()
	if err != nil {
		return err
	}
	defer j.close()
	if err := c.inOrder(s, assess.Evaluate(j.pack, j.snapshot).Approval); err != nil {
		return err
	}
	err = j.vault.Save(s.ctx, assess.Review{
		ID: newID(), Application: j.snapshot.Application.ID, Step: c.Step, By: c.By,
		On: on, Note: c.Note, Digest: j.snapshot.ContentDigest(),
		Parts: j.snapshot.Parts(), Order: nextOrder(j.snapshot.Reviews),
	})
	if err != nil {
		return err
	}
	s.tell("ctl.reviewed", map[string]string{"Step": s.say.T("ctl.step." + c.Step), "By": c.By})
	return nil
}

// before says which state each step asks for: one reviews what was prepared and
// approves what was reviewed.
var before = map[string]string{assess.StepReviewed: assess.StepPrepared, assess.StepApproved: assess.StepReviewed}

func (c reviewCommand) inOrder(s *session, a assess.Approval) error {
	want, asked := before[c.Step]
	if !asked || a.State == want {
		return nil
	}
	return &assess.Fault{Kind: assess.Conflict, Key: "fault.review_order", Args: assess.Args{
		"Step": s.say.T("ctl.step." + c.Step), "Want": s.say.T("ctl.step." + want),
	}}
}

// nextOrder counts reviews up, whatever their dates.
func nextOrder(reviews []assess.Review) int {
	last := 0
	for _, r := range reviews {
		last = max(last, r.Order)
	}
	return last + 1
}

type historyCommand struct {
	Verify historyVerify `cmd:"" help:"${help_history_verify}"`
}

type historyVerify struct {
	Witness string `type:"path" placeholder:"PACKAGE" help:"${help_history_witness}"`
}

// Run checks that the vault's history is whole: the chain of changes, that the
// rows are their replay, and that it still holds what a package once
// witnessed.
func (c historyVerify) Run(s *session) error {
	v, err := s.open()
	if err != nil {
		return err
	}
	defer v.Close()
	var witnesses []assess.History
	if c.Witness != "" {
		h, err := witness(c.Witness)
		if err != nil {
			return err
		}
		witnesses = append(witnesses, h)
	}
	r, err := v.VerifyHistory(s.ctx, witnesses...)
	if err != nil {
		return err
	}
	for _, f := range r.Faults {
		fmt.Fprintln(s.out, s.historyFault(f))
	}
	if !r.OK() {
		return errFails
	}
	s.tell("ctl.history_sound", map[string]string{"Ops": fmt.Sprint(r.Ops), "Head": r.Head})
	return nil
}
