package assess

import "strconv"

// Classes of standards, in the order a comparison names them.
const (
	ClassMandatory     = "mandatory"     // 强制性国家标准
	ClassRecommended   = "recommended"   // 推荐性国家标准
	ClassIndustry      = "industry"      // 行业标准
	ClassLocal         = "local"         // 地方标准
	ClassGroup         = "group"         // 团体标准
	ClassEnterprise    = "enterprise"    // 企业标准
	ClassForeign       = "foreign"       // 国外标准
	ClassInternational = "international" // 国际标准
)

// States of a standard, as the user found them on a date.
const (
	StatusInForce   = "in-force"
	StatusReplaced  = "replaced"
	StatusWithdrawn = "withdrawn"
	StatusNotYet    = "not-yet"
	StatusUnknown   = "unknown"
)

// Steps of the review 编制 → 审核 → 批准; Returned sends it back.
const (
	StepPrepared = "prepared"
	StepReviewed = "reviewed"
	StepApproved = "approved"
	StepReturned = "returned"
)

// StateDraft is the approval state before anyone has signed as 编制. The others
// are the steps themselves.
const StateDraft = "draft"

// objectService is the object of an application for a service.
const objectService = "service"

// Roles of signers.
const (
	RoleLegal   = "legal-representative"
	RoleQuality = "quality-officer"
)

func itoa(n int) string { return strconv.Itoa(n) }
