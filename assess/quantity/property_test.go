package quantity_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"mingpin/assess/quantity"
)

// Every property is tried on limits from a seeded source, so that a failure
// comes back.
const tries = 1000

func source() *rand.Rand { return rand.New(rand.NewPCG(8170, 2008)) }

var reversed = map[quantity.Verdict]quantity.Verdict{
	quantity.Better: quantity.Worse, quantity.Worse: quantity.Better,
	quantity.Equal: quantity.Equal, quantity.Incomparable: quantity.Incomparable,
}

// number is one of few, so that equal ones meet often.
func number(r *rand.Rand) quantity.Decimal {
	return quantity.FromInt(int64(r.IntN(13) - 4)).Mul([]quantity.Decimal{dec("1"), dec("0.5"), dec("0.10")}[r.IntN(3)])
}

// anyLimit is a numeric limit of any kind.
func anyLimit(r *rand.Rand) quantity.Limit {
	a, b := number(r), number(r)
	kinds := []quantity.LimitKind{quantity.GE, quantity.GT, quantity.LE, quantity.LT, quantity.Range, quantity.Nominal, quantity.None}
	l := quantity.Limit{Kind: kinds[r.IntN(len(kinds))]}
	switch l.Kind {
	case quantity.GE, quantity.GT:
		l.Low = &a
	case quantity.LE, quantity.LT:
		l.High = &a
	case quantity.Range:
		high := a.Add(b.Abs()).Add(dec("0.5"))
		l.Low, l.High, l.LowOpen, l.HighOpen = &a, &high, r.IntN(2) == 0, r.IntN(2) == 0
	case quantity.Nominal:
		tol := b.Abs().Add(dec("0.5"))
		l.Nominal, l.Tol, l.TolPercent = &a, &tol, r.IntN(2) == 0
	}
	return l
}

func anyDirection(r *rand.Rand) quantity.Direction {
	return []quantity.Direction{quantity.Higher, quantity.Lower, quantity.Between, ""}[r.IntN(4)]
}

func against(ind quantity.Indicator, a, b quantity.Limit) quantity.Result {
	return quantity.CompareLimits(ind, quantity.Side{Limit: a}, quantity.Side{Limit: b}, nil)
}

func TestSwappingTheSidesReversesTheVerdict(t *testing.T) {
	r := source()
	seen := map[quantity.Verdict]int{}
	for range tries {
		ind := quantity.Indicator{Unit: "mg/kg", Direction: anyDirection(r)}
		a, b := anyLimit(r), anyLimit(r)
		there, back := against(ind, a, b), against(ind, b, a)
		if back.Verdict != reversed[there.Verdict] {
			t.Fatalf("%s against %s is %s, the other way %s", a, b, there.Verdict, back.Verdict)
		}
		if there.Margin != nil && there.Margin.Cmp(back.Margin.Neg()) != 0 {
			t.Fatalf("%s against %s: margin %s, the other way %s", a, b, there.Margin, back.Margin)
		}
		seen[there.Verdict]++
	}
	for v := range reversed {
		if seen[v] < tries/50 {
			t.Errorf("only %d pairs were %s", seen[v], v)
		}
	}
}

func TestVerdictsOnOneSidedLimitsAreTransitive(t *testing.T) {
	r := source()
	rank := map[quantity.Verdict]int{quantity.Better: 1, quantity.Equal: 0, quantity.Worse: -1}
	for range tries {
		high := r.IntN(2) == 0
		ind := quantity.Indicator{Unit: "mg/kg", Direction: map[bool]quantity.Direction{true: quantity.Higher, false: quantity.Lower}[high]}
		a, b, c := oneSided(r, high), oneSided(r, high), oneSided(r, high)
		ab, bc, ac := rank[against(ind, a, b).Verdict], rank[against(ind, b, c).Verdict], rank[against(ind, a, c).Verdict]
		if against(ind, a, b).Verdict == quantity.Incomparable {
			t.Fatalf("%s and %s are incomparable", a, b)
		}
		if ab >= 0 && bc >= 0 && ac != max(ab, bc) {
			t.Fatalf("%s, %s, %s: %d, %d, but %d", a, b, c, ab, bc, ac)
		}
	}
}

func oneSided(r *rand.Rand, high bool) quantity.Limit {
	d := number(r)
	if high {
		return quantity.Limit{Kind: []quantity.LimitKind{quantity.GE, quantity.GT}[r.IntN(2)], Low: &d}
	}
	return quantity.Limit{Kind: []quantity.LimitKind{quantity.LE, quantity.LT}[r.IntN(2)], High: &d}
}

// families are units that convert into each other.
var families = []struct {
	quantity quantity.Quantity
	units    []quantity.Unit
}{
	{"", []quantity.Unit{"mg/kg", "ug/kg", "%", "[ppth]", "g/(100.g)", "[ppm]"}},
	{"", []quantity.Unit{"Cel", "K"}},
	{quantity.TemperatureDifference, []quantity.Unit{"Cel", "K"}},
	{quantity.PeroxideValue, []quantity.Unit{"mmol/kg", "meq/kg"}},
	{"", []quantity.Unit{"mm", "cm", "m", "um"}},
	{"", []quantity.Unit{"{CNY}", "10*4.{CNY}", "10*8.{CNY}"}},
}

func TestVerdictsDoNotDependOnTheUnit(t *testing.T) {
	r := source()
	for range tries {
		f := families[r.IntN(len(families))]
		first, second := f.units[r.IntN(len(f.units))], f.units[r.IntN(len(f.units))]
		ind := quantity.Indicator{Unit: first, Quantity: f.quantity, Direction: anyDirection(r)}
		a, b := anyLimit(r), anyLimit(r)
		if first == "Cel" || first == "K" { // a tolerance in percent is one of the number, which differs on the two scales
			a.TolPercent, b.TolPercent = false, false
		}
		converted, other := inUnit(t, ind, a, second), ind
		other.Unit = second
		what := fmt.Sprintf("%s against %s in %s, then in %s", a, b, first, second)
		want := against(ind, a, b)
		same(t, what+" the first", want, against(ind, converted, b))
		same(t, what+" both", want, against(other, converted, inUnit(t, ind, b, second)))
	}
}

func same(t *testing.T, what string, want, got quantity.Result) {
	t.Helper()
	if want.Verdict != got.Verdict || optional(want.Improvement) != optional(got.Improvement) {
		t.Fatalf("%s: %s %s, before %s %s", what, got.Verdict, optional(got.Improvement), want.Verdict, optional(want.Improvement))
	}
}

// inUnit is l with its numbers in unit u.
func inUnit(t *testing.T, ind quantity.Indicator, l quantity.Limit, u quantity.Unit) quantity.Limit {
	t.Helper()
	convert := func(d *quantity.Decimal, q quantity.Quantity) *quantity.Decimal {
		if d == nil {
			return nil
		}
		c, err := quantity.Convert(*d, ind.Unit, u, q)
		if err != nil {
			t.Fatal(err)
		}
		return &c
	}
	l.Low, l.High, l.Nominal = convert(l.Low, ind.Quantity), convert(l.High, ind.Quantity), convert(l.Nominal, ind.Quantity)
	if !l.TolPercent {
		q := ind.Quantity
		if q == "" {
			q = quantity.TemperatureDifference // a tolerance is a difference
		}
		l.Tol = convert(l.Tol, q)
	}
	l.Unit = u
	return l
}

// A limit that is better admits nothing the other one refuses: whatever value
// keeps it, keeps the other.
func TestWhatKeepsTheBetterLimitKeepsTheOther(t *testing.T) {
	r := source()
	for range tries {
		ind := quantity.Indicator{Unit: "mg/kg"}
		a, b := anyLimit(r), anyLimit(r)
		if a.Kind == quantity.None || b.Kind == quantity.None {
			continue
		}
		verdict := against(ind, a, b).Verdict
		for range 10 {
			d := number(r).Add(dec("0.25").Mul(quantity.FromInt(int64(r.IntN(3) - 1))))
			keepsA := quantity.Conforms(ind, quantity.Value{Number: &d}, a).Holds
			keepsB := quantity.Conforms(ind, quantity.Value{Number: &d}, b).Holds
			wrong := keepsA && !keepsB && (verdict == quantity.Better || verdict == quantity.Equal) ||
				keepsB && !keepsA && (verdict == quantity.Worse || verdict == quantity.Equal)
			if wrong {
				t.Fatalf("%s against %s is %s, but %s keeps them %v and %v", a, b, verdict, d, keepsA, keepsB)
			}
		}
	}
}

func TestConvertingThereAndBackIsExact(t *testing.T) {
	r := source()
	for range tries {
		f := families[r.IntN(len(families))]
		a, b := f.units[r.IntN(len(f.units))], f.units[r.IntN(len(f.units))]
		d := number(r)
		there, err := quantity.Convert(d, a, b, f.quantity)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := quantity.Convert(there, b, a, f.quantity); err != nil || back.Cmp(d) != 0 {
			t.Fatalf("%s %s is %s %s, which is %s %s, %v", d, a, there, b, back, a, err)
		}
	}
}

func TestRoundingIsNeverFurtherThanHalf(t *testing.T) {
	r := source()
	for range tries {
		d := quantity.FromInt(int64(r.IntN(2_000_001) - 1_000_000)).Mul(dec("0.001"))
		rounded := d.Round(1)
		if off := rounded.Sub(d).Abs(); off.Cmp(dec("0.05")) > 0 || rounded.Places() != 1 {
			t.Fatalf("%s rounds to %s", d, rounded)
		} else if last := rounded.String(); off.Cmp(dec("0.05")) == 0 && (last[len(last)-1]-'0')%2 == 1 {
			t.Fatalf("%s rounds to the odd %s", d, rounded)
		}
		if d.Neg().Round(1).Cmp(rounded.Neg()) != 0 {
			t.Fatalf("%s and its negative round apart", d)
		}
	}
}
