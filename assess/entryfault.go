package assess

import (
	"errors"

	"mingpin/assess/programme"
	"mingpin/assess/quantity"
)

// EntryFault turns what quantity and programme say about a text that cannot be
// read into a fault at field; other errors it returns as they are.
func EntryFault(err error, at Field) error {
	var syntax *quantity.SyntaxError
	var unit *quantity.UnitError
	var date *programme.DateError
	var period *programme.PeriodError
	fault := func(key string, args Args) error {
		args["Field"] = string(at)
		return &Fault{Kind: Invalid, Key: key, Args: args, Err: err}
	}
	switch {
	case errors.As(err, &syntax):
		return fault("fault."+syntax.Reason, Args{"Value": syntax.Input})
	case errors.As(err, &unit):
		return fault("fault."+unit.Reason, Args{"From": unit.From, "To": unit.To})
	case errors.As(err, &date):
		return fault("fault.bad_date", Args{"Value": clip(date.Input)})
	case errors.As(err, &period):
		return fault("fault.bad_period", Args{"Value": clip(period.Input)})
	}
	return err
}
