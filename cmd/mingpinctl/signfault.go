package main

import (
	"errors"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/report/sign"
)

// signFaults are the errors of signing that say no more than that.
var signFaults = []struct {
	err  error
	kind assess.Kind
	key  string
}{
	{sign.ErrWrongPassword, assess.Invalid, "fault.p12_password"},
	{sign.ErrDamaged, assess.Damaged, "fault.p12_damaged"},
	{sign.ErrNoKey, assess.Invalid, "fault.p12_no_key"},
	{sign.ErrNoCertificate, assess.Invalid, "fault.p12_no_certificate"},
	{sign.ErrKeyUsage, assess.Invalid, "fault.p12_key_usage"},
	{sign.ErrTooLong, assess.Invalid, "fault.p12_chain"},
	{sign.ErrLocked, assess.Conflict, "fault.volume_locked"},
}

// signFault gives the errors of signing their words.
func signFault(err error) *assess.Fault {
	for _, f := range signFaults {
		if errors.Is(err, f.err) {
			return &assess.Fault{Kind: f.kind, Key: f.key}
		}
	}
	var unsupported sign.UnsupportedError
	if errors.As(err, &unsupported) {
		return &assess.Fault{Kind: unsupportedKind(unsupported.What), Key: "fault.p12_unsupported." + unsupported.What}
	}
	var field sign.FieldError
	if errors.As(err, &field) {
		return &assess.Fault{Kind: assess.Conflict, Key: "fault.signature_field." + field.What, Args: assess.Args{"Field": field.Name}}
	}
	return certificateFault(err)
}

// unsupportedKind parts what is merely of another sort from what would keep
// the reader busy.
func unsupportedKind(what string) assess.Kind {
	if what == "iterations" || what == "too-large" {
		return assess.Hostile
	}
	return assess.Invalid
}

func certificateFault(err error) *assess.Fault {
	var expired sign.ExpiredError
	var early sign.NotYetValidError
	var weak sign.WeakKeyError
	key, args := "", assess.Args{}
	switch {
	case errors.As(err, &expired):
		key, args["Date"] = "fault.p12_expired", string(programme.DateOf(expired.NotAfter))
	case errors.As(err, &early):
		key, args["Date"] = "fault.p12_early", string(programme.DateOf(early.NotBefore))
	case errors.As(err, &weak):
		key, args["Algorithm"] = "fault.p12_weak", weak.Algorithm
	default:
		return nil
	}
	return &assess.Fault{Kind: assess.Invalid, Key: key, Args: args}
}
