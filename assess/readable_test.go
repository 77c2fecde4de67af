package assess_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/assess/quantity"
)

func TestReadableNamesItemsAndConcepts(t *testing.T) {
	p := testPack(t)
	got := assess.Readable(p, texts(t)["en"], assess.Args{"Gate": "g-policy", "Missing": "revenue, net-profit", "By": "revenue", "Slot": "gone"})
	want := assess.Args{"Gate": "sample g-policy title", "Missing": "Revenue, Net profit", "By": "revenue", "Slot": "gone"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestReadableSaysConditionsPeriodsAndValues(t *testing.T) {
	p := shippedPack(t, "tianfu-mingpin/2025.12")
	for name, tt := range map[string]struct {
		args   assess.Args
		zh, en string
	}{
		"a length of time":       {assess.Args{"MaxAge": "P1Y6M"}, "1年6个月", "1 year 6 months"},
		"no length of time":      {assess.Args{"MaxAge": "soon"}, "soon", "soon"},
		"an event that happened": {assess.Args{"Found": "none_within('tax-evasion', P3Y) = false"}, "3年内发生过“偷逃税款”", "\"Tax evasion\" happened within 3 years"},
		"a record not filled in": {assess.Args{"Found": "application.brand_number = "}, "商标注册号：未填写", "number of the trade mark: not filled in"},
		"two things found":       {assess.Args{"Found": "fact('trade-mark.own') = false; 2026-01-01"}, "自有注册商标且覆盖申报产品：否；2026-01-01", "Own registered mark covers the product: no; 2026-01-01"},
		"a fact of a year":       {assess.Args{"Call": "fact('net-profit', 2025)"}, "净利润（2025年）", "Net profit of 2025"},
		"an attribute":           {assess.Args{"Missing": "application.licences, client.region"}, "产品（服务）是否需要行政许可或强制性认证、注册地（行政区划代码）", "whether a licence or compulsory certificate is needed, registered region (code)"},
		"a unit":                 {assess.Args{"WantUnit": "万元"}, "万元", "10,000 CNY"},
		"a role":                 {assess.Args{"Roles": "legal-representative, quality-officer"}, "法定代表人、首席质量官", "legal representative, chief quality officer"},
		"a field of evidence":    {assess.Args{"Show": "published_on"}, "公开日期", "date of publication"},
	} {
		t.Run(name, func(t *testing.T) {
			for lang, want := range map[string]string{"zh-CN": tt.zh, "en": tt.en} {
				for _, got := range assess.Readable(p, texts(t)[lang], tt.args) {
					if got != want {
						t.Errorf("%s: %q, want %q", lang, got, want)
					}
				}
			}
		})
	}
}

func TestEntryFaultsNameThePlace(t *testing.T) {
	_, number := quantity.ParseDecimal("1,000")
	_, unit := quantity.Convert(quantity.FromInt(1), "kg", "m", "")
	_, date := programme.ParseDate("2026-02-30")
	_, period := programme.ParsePeriod("3 years")
	other := errors.New("other")
	for name, tt := range map[string]struct {
		err error
		key string
	}{
		"a number": {number, "fault.syntax.thousands"}, "a unit": {unit, "fault.unit.dimensions"},
		"a date": {date, "fault.bad_date"}, "a period": {period, "fault.bad_period"}, "our own": {other, ""},
	} {
		t.Run(name, func(t *testing.T) {
			err := assess.EntryFault(tt.err, "fact/f/value")
			var f *assess.Fault
			if !errors.As(err, &f) {
				if tt.key != "" || !errors.Is(err, other) {
					t.Errorf("error = %v", err)
				}
				return
			}
			if f.Key != tt.key || f.Args["Field"] != "fact/f/value" || !errors.Is(err, tt.err) {
				t.Errorf("fault = %v", f)
			}
		})
	}
}

func TestNeighboursRulesNeverBlock(t *testing.T) {
	base := testPack(t)
	for name, tt := range map[string]struct {
		change   change
		severity assess.Severity
	}{
		"an official gate that fails":  {happened("incident-major", "2025-01-01"), assess.Block},
		"a derived gate that fails":    {happened("sampling-failed", "2025-01-01"), assess.Quality},
		"an official gate unknown":     {func(_ *programme.Pack, s *assess.Snapshot) { s.Attestations = s.Attestations[1:] }, assess.Block},
		"a derived gate unknown":       {func(_ *programme.Pack, s *assess.Snapshot) { s.Attestations = s.Attestations[:1] }, assess.Hint},
		"an official shall not met":    {func(_ *programme.Pack, s *assess.Snapshot) { s.Findings[0].Rating = "1" }, assess.Block},
		"a derived shall not met":      {func(_ *programme.Pack, s *assess.Snapshot) { s.Findings[2].Rating = "1" }, assess.Quality},
		"an official annex not filled": {func(_ *programme.Pack, s *assess.Snapshot) { s.Evidence[1].Slots = []string{"business-licence"} }, assess.Block},
	} {
		t.Run(name, func(t *testing.T) {
			p, s := made(t, base, example{}, tt.change)
			if got := assess.Evaluate(p, *s).Issues[0]; got.Severity != tt.severity {
				t.Errorf("first issue %s weighs %s, want %s", got.Rule, got.Severity, tt.severity)
			}
		})
	}
}
