package quantity

// A Reason holds the facts of a sentence: Key is a catalogue key, one of
// ReasonKeys, and Args what the sentence names. Notes are keys of further
// sentences that qualify it.
type Reason struct {
	Key   string            `json:"key,omitempty"`
	Args  map[string]string `json:"args,omitempty"`
	Notes []string          `json:"notes,omitempty"`
}

// The keys of reasons. Unless other facts are named behind the key, Args hold
// the two sides as printed: Own and Other of CompareLimits, Measured and Own of
// Conforms, Measured and Other of CompareMeasured.
const (
	reasonStricter      = "verdict.stricter"       // one-sided: the own limit lies on the strict side
	reasonStricterEnd   = "verdict.stricter_end"   // the same number, but the own limit leaves it out
	reasonStricterRange = "verdict.stricter_range" // all the own limit admits, the other does, and more
	reasonSame          = "verdict.same"
	reasonLooser        = "verdict.looser"
	reasonLooserEnd     = "verdict.looser_end"
	reasonLooserRange   = "verdict.looser_range"
	reasonOverlap       = "verdict.overlap" // each admits what the other does not
	reasonApart         = "verdict.apart"   // nothing meets both

	reasonGradeBetter    = "verdict.grade_better"
	reasonGradeSame      = "verdict.grade_same"
	reasonGradeWorse     = "verdict.grade_worse"
	reasonGradeUnknown   = "verdict.grade_unknown" // not in the indicator's list of grades
	reasonFeatureBetter  = "verdict.feature_better"
	reasonFeatureSame    = "verdict.feature_same"
	reasonFeatureWorse   = "verdict.feature_worse"
	reasonFeatureUnclear = "verdict.feature_unclear" // nobody said whether 有 or 无 is better

	reasonWords         = "verdict.words"         // qualitative: for people to judge
	reasonKinds         = "verdict.kinds"         // a number against a grade, …
	reasonUnits         = "verdict.units"         // From, To, and Why: one of UnitReasons
	reasonDirection     = "verdict.direction"     // Limit binds on the side that the direction calls good
	reasonIncomplete    = "verdict.incomplete"    // a limit or value lacks a part
	reasonNoLimit       = "verdict.no_limit"      // the other standard sets none; Args hold the first side only
	reasonOwnNoLimit    = "verdict.own_no_limit"  // the own standard sets none where the other does
	reasonNeitherLimit  = "verdict.neither_limit" // neither sets one
	reasonMethod        = "verdict.method"        // OwnMethod, OtherMethod: other test methods
	reasonMethodEdition = "verdict.method_edition"

	reasonNotMeasured      = "verdict.not_measured"
	reasonHolds            = "verdict.holds"             // the measured value keeps the limit
	reasonFails            = "verdict.fails"             // it does not
	reasonAtLimit          = "verdict.at_limit"          // it keeps the limit and lies just on it
	reasonBeyond           = "verdict.beyond"            // better than a one-sided limit asks
	reasonInside           = "verdict.inside"            // inside a range: no better than that
	reasonNotDetected      = "verdict.not_detected"      // nothing found, which is what the limit asks
	reasonBelowDetection   = "verdict.below_detection"   // a number below the detection limit counts as not found
	reasonDetected         = "verdict.detected"          // found where nothing may be
	reasonDetectionMissing = "verdict.detection_missing" // not detected, but the report names no detection limit
	reasonDetectionHigh    = "verdict.detection_high"    // the detection limit does not decide it

	reasonGap                 = "verdict.gap"                  // All: none of the standards sets a limit
	reasonNoComparators       = "verdict.no_comparators"       // nothing was compared with
	reasonOverallBetter       = "verdict.overall_better"       // Count of Of with a limit, All with those without
	reasonOverallEqual        = "verdict.overall_equal"        // Count, Of
	reasonOverallWorse        = "verdict.overall_worse"        // Count, Of
	reasonOverallIncomparable = "verdict.overall_incomparable" // Count, Of

	noteMethodUnstated = "verdict.note.method_unstated" // at least one side names no test method
	noteRounded        = "verdict.note.rounded"         // compared after rounding, 修约值比较法
	noteAtLeast        = "verdict.note.at_least"        // margin and improvement count from the detection limit, so they are the least
)

// ReasonKeys are all keys and notes of a Reason, for a test of the catalogue.
var ReasonKeys = []string{
	reasonStricter, reasonStricterEnd, reasonStricterRange, reasonSame, reasonLooser,
	reasonLooserEnd, reasonLooserRange, reasonOverlap, reasonApart,
	reasonGradeBetter, reasonGradeSame, reasonGradeWorse, reasonGradeUnknown,
	reasonFeatureBetter, reasonFeatureSame, reasonFeatureWorse, reasonFeatureUnclear,
	reasonWords, reasonKinds, reasonUnits, reasonDirection, reasonIncomplete,
	reasonNoLimit, reasonOwnNoLimit, reasonNeitherLimit, reasonMethod, reasonMethodEdition,
	reasonNotMeasured, reasonHolds, reasonFails, reasonAtLimit, reasonBeyond, reasonInside,
	reasonNotDetected, reasonBelowDetection, reasonDetected, reasonDetectionMissing, reasonDetectionHigh,
	reasonGap, reasonNoComparators, reasonOverallBetter, reasonOverallEqual,
	reasonOverallWorse, reasonOverallIncomparable,
	noteMethodUnstated, noteRounded, noteAtLeast,
}

func incomparable(key string, args map[string]string) Result {
	return Result{Verdict: Incomparable, Reason: Reason{Key: key, Args: args}}
}
