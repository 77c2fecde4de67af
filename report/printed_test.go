package report_test

import (
	"strings"
	"testing"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/assess/quantity"
	"mingpin/report"
)

// A result is a shape and a word, so that a copy in grey says as much.
func TestResultsArePrintedAsShapeAndWord(t *testing.T) {
	in := sample(t, "zh-CN")
	id := in.Evaluation.Indicators[0].Indicator
	yes := quantity.Conformity{Known: true, Holds: true}
	for i := range in.Snapshot.Indicators {
		in.Snapshot.Indicators[i].Claim = quantity.Gap
	}
	for want, r := range map[string]assess.IndicatorResult{
		"● 优于 ● 符合":   {Overall: quantity.Result{Verdict: quantity.Better}, Conforms: yes},
		"○ 等同 ■ 不符合":  {Overall: quantity.Result{Verdict: quantity.Equal}, Conforms: quantity.Conformity{Known: true}},
		"■ 低于 ○ 待证":   {Overall: quantity.Result{Verdict: quantity.Worse}},
		"★ 填补空白 ● 符合": {Overall: quantity.Result{Verdict: quantity.Gap}, Conforms: yes},
		"△ 不可比 ● 符合":  {Overall: quantity.Result{Verdict: quantity.Incomparable}, Conforms: yes},
		"— ● 符合":      {Conforms: yes},
	} {
		r.Indicator = id
		in.Evaluation.Indicators[0] = r
		got := values(t, report.Volume(in))
		if line := got["indicator."+id+".level"] + " " + got["indicator."+id+".conforms"]; line != want {
			t.Errorf("printed %q, want %q", line, want)
		}
	}
}

// The program knows the standards that were entered, not all there are: that an
// indicator fills a gap is printed only where the applicant says so.
func TestAGapNobodyClaimsIsNotPrinted(t *testing.T) {
	in := sample(t, "zh-CN")
	id := in.Evaluation.Indicators[0].Indicator
	in.Evaluation.Indicators[0] = assess.IndicatorResult{Indicator: id, Overall: quantity.Result{Verdict: quantity.Gap}}
	for i := range in.Snapshot.Indicators {
		in.Snapshot.Indicators[i].Claim = ""
	}
	if got := values(t, report.Volume(in))["indicator."+id+".level"]; got != "对比标准未规定" {
		t.Errorf("printed %q", got)
	}
}

func TestGatesArePrintedAsTheBoxesOfThePaperForm(t *testing.T) {
	in := sample(t, "zh-CN")
	id := in.Evaluation.Gates[0].Gate
	for state, want := range map[programme.State]string{
		programme.Holds: "☑是 □否", programme.Fails: "□是 ☑否", programme.Unknown: "□是 □否",
		programme.Attested: "☑是 □否", programme.Skipped: "不适用",
	} {
		in.Evaluation.Gates[0] = assess.GateResult{Gate: id, State: state, By: "李示例", On: "2026-11-12"}
		got := values(t, report.Volume(in))
		if strings.ReplaceAll(got["gate."+id], " ", "") != strings.ReplaceAll(want, " ", "") {
			t.Errorf("%s is printed %q, want %q", state, got["gate."+id], want)
		}
		if how := got["gate."+id+".how"]; state == programme.Attested && !strings.Contains(how, "李示例") {
			t.Errorf("an attested gate does not say by whom: %q", how)
		}
	}
}

// A parameter the applicant replaced stands in the volume with the reason.
func TestReplacedParametersArePrinted(t *testing.T) {
	in := sample(t, "zh-CN")
	in.Snapshot.Thresholds = []assess.Threshold{{
		Application: in.Snapshot.Application.ID, Parameter: "p-operating", Value: "P5Y", Why: "本轮通知要求五年", By: "李示例", On: "2026-11-01",
	}}
	in.Evaluation = assess.Evaluate(in.Pack, in.Snapshot)
	volume := report.Volume(in)
	if got := values(t, volume)["threshold.p-operating"]; got != "5年" {
		t.Errorf("the replaced parameter is printed %q", got)
	}
	text := dump(volume.Blocks)
	for _, want := range []string{"3年", "本轮通知要求五年", "李示例"} {
		if !strings.Contains(text, want) {
			t.Errorf("the volume does not say %q of the replaced parameter", want)
		}
	}
}
