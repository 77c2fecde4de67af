package quantity_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mingpin/assess/quantity"
)

func TestParseValue(t *testing.T) {
	for in, want := range map[string]quantity.Value{
		"0.31": {Number: ptr("0.31")}, "０．３１": {Number: ptr("0.31")}, "0.310 mg/kg": {Number: ptr("0.310")}, "-5": {Number: ptr("-5")},
		"310 µg/kg": {Number: ptr("310"), Unit: "ug/kg"}, "0.2 g/100g": {Number: ptr("0.2"), Unit: "g/(100.g)"},
		"未检出": {NotDetected: true}, "ND": {NotDetected: true}, "N.D.": {NotDetected: true},
		"未检出(<0.01)": {NotDetected: true, DetectionLimit: ptr("0.01")}, "未检出（＜0.01）": {NotDetected: true, DetectionLimit: ptr("0.01")},
		"未检出(检出限：0.01 mg/kg)": {NotDetected: true, DetectionLimit: ptr("0.01")}, "<0.01": {NotDetected: true, DetectionLimit: ptr("0.01")},
		"未检出(方法检出限为10μg/kg)": {NotDetected: true, DetectionLimit: ptr("10"), Unit: "ug/kg"}, "ND<0.05": {NotDetected: true, DetectionLimit: ptr("0.05")},
		"未检出(<0.01g/100g)":   {NotDetected: true, DetectionLimit: ptr("0.01"), Unit: "g/(100.g)"},
		"0.005(检出限0.01)":     {Number: ptr("0.005"), DetectionLimit: ptr("0.01")},
		"0.005 (LOD=0.01)":   {Number: ptr("0.005"), DetectionLimit: ptr("0.01")},
		"5μg/kg(检出限10μg/kg)": {Number: ptr("5"), DetectionLimit: ptr("10"), Unit: "ug/kg"},
		"一级":                 {Grade: "一级"}, "有": {Bool: truth(true)}, "无": {Bool: truth(false)}, "": {}, "—": {}, "/": {},
	} {
		got, err := quantity.ParseValue(in, "mg/kg", classes)
		if err != nil {
			t.Errorf("ParseValue(%q): %v", in, err)
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("ParseValue(%q) (-want +got):\n%s", in, diff)
		}
		if back, err := quantity.ParseValue(got.String(), "mg/kg", classes); err != nil || !cmp.Equal(got, back) {
			t.Errorf("%q prints as %q, which reads as %+v, %v", in, got, back, err)
		}
	}
	if v, err := quantity.ParseValue("未检出异味", "", nil); err != nil || v.Text != "未检出异味" {
		t.Errorf("a text: %+v, %v", v, err)
	}
}

func TestParseValueSaysWhatIsWrong(t *testing.T) {
	for in, want := range map[string]string{
		"≤0.01": quantity.SyntaxBound, "≥5": quantity.SyntaxBound, ">5": quantity.SyntaxBound, "0.31±0.02": quantity.SyntaxUncertainty,
		"1,234": quantity.SyntaxThousands, "1e3": quantity.SyntaxExponent, "<0": quantity.SyntaxDetection, "未检出(<0.00)": quantity.SyntaxDetection,
		"未检出(x)": quantity.SyntaxDetection, "三级": quantity.SyntaxGradeUnknown, "5mg/kg(检出限1g/kg)": quantity.SyntaxUnits, "<=0.01": quantity.SyntaxBound,
	} {
		_, err := quantity.ParseValue(in, "mg/kg", classes)
		var s *quantity.SyntaxError
		if !errors.As(err, &s) || s.Reason != want {
			t.Errorf("ParseValue(%q): %v; want %s", in, err, want)
		}
	}
	var u *quantity.UnitError
	if _, err := quantity.ParseValue("5个左右", "mg/kg", nil); !errors.As(err, &u) {
		t.Errorf("words behind a number: %v", err)
	}
}
