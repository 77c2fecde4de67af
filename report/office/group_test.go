package office_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"mingpin/assess"
	"mingpin/report/office"
)

// Whoever copies columns copies their hidden keys too.
func TestCopiedColumnsBelongToTheStandardInTheirTitle(t *testing.T) {
	data := edited(t, "", func(f *excelize.File, sheet string) error {
		return errors.Join(
			f.SetCellStr(sheet, "CA1", "Q/SL 0001S-2026 限值"), f.SetCellStr(sheet, "CA2", "gb#limit"), f.SetCellStr(sheet, "CA3", "≤0.7"),
			f.SetCellStr(sheet, "CB1", "Q/SL 0001S-2026 条款"), f.SetCellStr(sheet, "CB2", "gb#clause"), f.SetCellStr(sheet, "CB3", "4.9"),
		)
	})
	got := read(t, data).Indicators[0].Comparators
	if len(got) != 2 || got[0].Limit.String() != "≤1.00" || got[1].Standard != "own" || got[1].Limit.String() != "≤0.7" || got[1].Clause != "4.9" {
		t.Errorf("comparators = %+v", got)
	}
}

func TestNumbersOfStandardsMayBeCorrected(t *testing.T) {
	k := known
	k.Standards = table(t).Standards
	got, err := office.ReadTable(bytes.NewReader(changed(t, change{"标准", "number4", "GB/T 0000-2021"})), k)
	if err != nil || got.Indicators[0].Comparators[0].Standard != "gb" || got.Standards[1].Number != "GB/T 0000-2021" {
		t.Errorf("ReadTable = %+v, %v", got, err)
	}
}

func TestOneGroupIsForOneStandard(t *testing.T) {
	data := changed(t, change{"标准", "group3", "对比标准1"}, change{"标准", "group4", "对比标准1"})
	if got := strings.Join(said(t, data, known), "\n"); !strings.Contains(got, "单元格 E4（“对比标准1”）：与第 3 行重复") {
		t.Errorf("said %q", got)
	}
}

func TestComparatorsKeepTheOrderTheyHad(t *testing.T) {
	tab := table(t)
	tab.Indicators[0].Comparators = append([]assess.Comparator{{Standard: "iso", Clause: "9"}}, tab.Indicators[0].Comparators...)
	tab.Standards = append(tab.Standards, assess.Standard{ID: "iso", Number: "ISO 1", Class: "international"})
	k := known
	k.Indicators = tab.Indicators
	got, err := office.ReadTable(bytes.NewReader(written(t, tab, "zh-CN")), k)
	if err != nil || got.Indicators[0].Comparators[0].Standard != "iso" {
		t.Errorf("ReadTable = %+v, %v", got, err)
	}
}

func TestSheetsBeyondAllBoundsAreRefused(t *testing.T) {
	for name, fill := range map[string]func(f *excelize.File, sheet string) error{
		"too many rows":    func(f *excelize.File, sheet string) error { return f.SetCellStr(sheet, "A2001", "x") },
		"too many columns": func(f *excelize.File, sheet string) error { return f.SetCellStr(sheet, "ALM1", "x") },
		"too many cells": func(f *excelize.File, sheet string) error {
			var errs []error
			for n := range 300 {
				cell, err := excelize.CoordinatesToCellName(800, n+3)
				errs = append(errs, err, f.SetCellStr(sheet, cell, "x"))
			}
			return errors.Join(errs...)
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := office.ReadTable(bytes.NewReader(edited(t, "", fill)), known)
			if assess.KindOf(err) != assess.Hostile {
				t.Errorf("ReadTable = %v", err)
			}
		})
	}
}
