package assess

// Check returns every fault of the client's own data. A credit code may still
// be missing, but never be wrong.
func (c Client) Check() error {
	f := faultsOf(c)
	f.id("id", c.ID)
	f.required("name", c.Name)
	f.line("name", c.Name)
	f.line("nameEn", c.NameEn)
	if c.Code != "" {
		if err := CheckCreditCode(c.Code); err != nil {
			f.addTo("code", err)
		}
	}
	f.region("region", c.Region)
	f.line("address", c.Address)
	f.line("type", c.Type)
	f.oneOf("scale", c.Scale, "", "large", "medium", "small", "micro")
	f.line("industry", c.Industry)
	f.date("founded", c.Founded)
	f.form("employees", c.Employees, "fault.not_count", countForm)
	f.person("legal", c.Legal)
	f.person("quality", c.Quality)
	f.person("contact", c.Contact)
	f.text("profile", c.Profile)
	return f.join()
}

// Check returns every fault of the subject by itself.
func (s Subject) Check() error {
	f := faultsOf(s)
	f.id("id", s.ID)
	f.oneOf("class", s.Class, "site", "line", "product", "model")
	f.required("name", s.Name)
	f.line("name", s.Name)
	f.optionalID("parent", s.Parent)
	if s.Parent != "" && s.Parent == s.ID {
		f.add("parent", "fault.own_parent", s.Parent)
	}
	f.line("place", s.Place)
	f.region("region", s.Region)
	return f.join()
}

// Check returns every fault of the fact by itself. Whether its value fits the
// concept is found by the checks of an evaluation, since only a pack knows the
// concept.
func (x Fact) Check() error {
	f := faultsOf(x)
	f.id("id", x.ID)
	f.id("concept", x.Concept)
	f.optionalID("subject", x.Subject)
	if x.Year != 0 && (x.Year < 1900 || x.Year > 2200) {
		f.add("year", "fault.bad_year", itoa(x.Year))
	}
	f.span("period", x.Period)
	f.text("value", x.Value)
	f.line("unit", x.Unit)
	if x.None && x.Value != "" {
		f.add("value", "fault.none_with_value", x.Value)
	}
	if x.None && x.Period.From == "" {
		f.add("period.from", "fault.none_without_period", "")
	}
	f.text("source", x.Source)
	f.ids("evidence", x.Evidence)
	return f.join()
}

// Check returns every fault of the standard by itself.
func (s Standard) Check() error {
	f := faultsOf(s)
	f.id("id", s.ID)
	f.required("number", s.Number)
	f.line("number", s.Number)
	f.line("title", s.Title)
	f.oneOf("class", s.Class, ClassMandatory, ClassRecommended, ClassIndustry, ClassLocal, ClassGroup, ClassEnterprise, ClassForeign, ClassInternational)
	f.oneOf("status", s.Status, "", StatusInForce, StatusReplaced, StatusWithdrawn, StatusNotYet, StatusUnknown)
	f.date("statusOn", s.StatusOn)
	f.line("statusFrom", s.StatusFrom)
	f.date("from", s.From)
	f.date("reviewed", s.Reviewed)
	f.line("published.platform", s.Published.Platform)
	f.date("published.on", s.Published.On)
	f.line("published.number", s.Published.Number)
	f.text("published.lower", s.Published.Lower)
	f.text("note", s.Note)
	return f.join()
}

// Check returns every fault of the application by itself.
func (a Application) Check() error {
	f := faultsOf(a)
	f.id("id", a.ID)
	f.id("programme", a.Programme)
	f.id("version", a.Version)
	f.optionalID("track", a.Track)
	f.optionalID("object", a.Object)
	f.optionalID("product", a.Product)
	f.line("productName", a.ProductName)
	f.lines("models", a.Models)
	f.brand(a.Brand)
	f.optionalID("standard", a.Standard)
	f.ids("places", a.Places)
	f.date("launchedOn", a.LaunchedOn)
	f.oneOf("licences", a.Licences, "", "yes", "no")
	f.text("description", a.Description)
	f.date("created", a.Created)
	f.optionalID("state", a.State)
	f.table("form", a.Form)
	return f.join()
}

func (f *faults) brand(b TradeMark) {
	f.line("brand.name", b.Name)
	f.line("brand.number", b.Number)
	f.line("brand.class", b.Class)
	f.text("brand.goods", b.Goods)
	f.line("brand.holder", b.Holder)
	f.date("brand.expires", b.Expires)
}

// Check returns every fault of the attestation by itself.
func (a Attestation) Check() error {
	f := faultsOf(a)
	f.id("application", a.Application)
	f.id("gate", a.Gate)
	f.required("by", a.By)
	f.line("by", a.By)
	f.required("on", string(a.On))
	f.date("on", a.On)
	f.text("note", a.Note)
	f.ids("evidence", a.Evidence)
	return f.join()
}

// Check returns every fault of the threshold by itself: a replaced parameter
// says why, by whom and when, because it is printed.
func (t Threshold) Check() error {
	f := faultsOf(t)
	f.id("application", t.Application)
	f.id("parameter", t.Parameter)
	f.required("value", t.Value)
	f.line("value", t.Value)
	f.required("why", t.Why)
	f.text("why", t.Why)
	f.required("by", t.By)
	f.line("by", t.By)
	f.required("on", string(t.On))
	f.date("on", t.On)
	return f.join()
}

// Check returns every fault of the finding by itself. A rating and 不适用
// exclude each other.
func (x Finding) Check() error {
	f := faultsOf(x)
	f.id("application", x.Application)
	f.id("requirement", x.Requirement)
	f.optionalID("rating", x.Rating)
	f.optionalID("notApplicable", x.NotApplicable)
	if x.Rating != "" && x.NotApplicable != "" {
		f.add("rating", "fault.rated_and_not_applicable", x.Rating)
	}
	f.text("reason", x.Reason)
	f.text("statement", x.Statement)
	f.ids("evidence", x.Evidence)
	f.line("department", x.Department)
	f.text("comment", x.Comment)
	f.line("by", x.By)
	f.date("on", x.On)
	return f.join()
}

// Check returns every fault of the evidence record by itself.
func (e Evidence) Check() error {
	f := faultsOf(e)
	f.id("id", e.ID)
	if !digestForm.MatchString(e.Digest) {
		f.add("digest", "fault.bad_digest", e.Digest)
	}
	f.required("name", e.Name)
	f.line("name", e.Name)
	f.line("media", e.Media)
	if e.Size < 0 || e.Size > maxFile {
		f.add("size", "fault.bad_size", itoa(int(e.Size)))
	}
	f.line("title", e.Title)
	f.ids("slots", e.Slots)
	f.line("number", e.Number)
	f.line("issuer", e.Issuer)
	f.line("holder", e.Holder)
	if e.HolderCode != "" {
		if err := CheckCreditCode(e.HolderCode); err != nil {
			f.addTo("holderCode", err)
		}
	}
	f.line("product", e.Product)
	f.lines("models", e.Models)
	f.lines("methods", e.Methods)
	f.lines("marks", e.Marks)
	f.order("issued", "expires", e.Issued, e.Expires)
	f.span("period", e.Period)
	f.table("fields", e.Fields)
	f.text("note", e.Note)
	return f.join()
}

// Check returns every fault of the action by itself.
func (a Action) Check() error {
	f := faultsOf(a)
	f.id("id", a.ID)
	f.id("application", a.Application)
	f.id("target", a.Target)
	f.required("text", a.Text)
	f.text("text", a.Text)
	f.line("owner", a.Owner)
	f.date("due", a.Due)
	f.form("cost", a.Cost, "fault.not_amount", amountForm)
	f.optionalID("rating", a.Rating)
	f.date("done", a.Done)
	return f.join()
}

// Check returns every fault of the review by itself.
func (r Review) Check() error {
	f := faultsOf(r)
	f.id("id", r.ID)
	f.id("application", r.Application)
	f.oneOf("step", r.Step, StepPrepared, StepReviewed, StepApproved, StepReturned)
	f.required("by", r.By)
	f.line("by", r.By)
	f.required("on", string(r.On))
	f.date("on", r.On)
	f.text("note", r.Note)
	if !digestForm.MatchString(r.Digest) {
		f.add("digest", "fault.bad_digest", r.Digest)
	}
	f.table("parts", r.Parts)
	return f.join()
}

// Check returns every fault of the signer by itself.
func (s Signer) Check() error {
	f := faultsOf(s)
	f.id("application", s.Application)
	f.id("role", s.Role)
	f.required("name", s.Name)
	f.line("name", s.Name)
	f.line("title", s.Title)
	return f.join()
}

// Check returns every fault of the declaration by itself.
func (d Declaration) Check() error {
	f := faultsOf(d)
	f.id("application", d.Application)
	f.line("number", d.Number)
	f.order("on", "validUntil", d.On, d.ValidUntil)
	f.line("place", d.Place)
	f.text("limits", d.Limits)
	f.text("extra", d.Extra)
	return f.join()
}
