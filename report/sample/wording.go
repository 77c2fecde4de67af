package sample

import (
	"strings"

	"mingpin/assess"
)

// A particular is one fact at the head of a document.
type particular struct{ label, value string }

// particulars are what the record of a document says about it, without what it
// does not say.
func particulars(e assess.Evidence) []particular {
	all := []particular{
		{"编号", e.Number},
		{"出具单位", e.Issuer},
		{"出具日期", string(e.Issued)},
		{"有效期至", string(e.Expires)},
		{"所涉期间", period(e.Period)},
		{"单位名称", e.Holder},
		{"统一社会信用代码", e.HolderCode},
		{"产品名称", e.Product},
		{"规格型号", strings.Join(e.Models, "、")},
		{"检验方法", strings.Join(e.Methods, "、")},
		{"资质标志", strings.Join(e.Marks, "、")},
	}
	var out []particular
	for _, p := range all {
		if p.value != "" {
			out = append(out, p)
		}
	}
	return out
}

func period(s assess.Span) string {
	if s == (assess.Span{}) {
		return ""
	}
	return string(s.From) + " 至 " + string(s.To)
}
