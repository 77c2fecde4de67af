package programme

// Track finds a track by id.
func (p *Pack) Track(id string) (Track, bool) {
	return find(p.Tracks, id, func(x *Track) string { return x.ID })
}

// Param finds a parameter by id.
func (p *Pack) Param(id string) (Parameter, bool) {
	return find(p.Parameters, id, func(x *Parameter) string { return x.ID })
}

// Dimension finds a dimension by id.
func (p *Pack) Dimension(id string) (Dimension, bool) {
	return find(p.Dimensions, id, func(x *Dimension) string { return x.ID })
}

// Scale finds a scale by id.
func (p *Pack) Scale(id string) (Scale, bool) {
	return find(p.Scales, id, func(x *Scale) string { return x.ID })
}

// Slot finds an evidence slot by id.
func (p *Pack) Slot(id string) (Slot, bool) {
	return find(p.Slots, id, func(x *Slot) string { return x.ID })
}

// Gate finds a gate by id.
func (p *Pack) Gate(id string) (Gate, bool) {
	return find(p.Gates, id, func(x *Gate) string { return x.ID })
}

// Requirement finds a requirement by id.
func (p *Pack) Requirement(id string) (Requirement, bool) {
	return find(p.Requirements, id, func(x *Requirement) string { return x.ID })
}

// Annex finds an annex by id.
func (p *Pack) Annex(id string) (Annex, bool) {
	return find(p.Annexes, id, func(x *Annex) string { return x.ID })
}

// State finds a state of the procedure by id.
func (p *Pack) State(id string) (ProcessState, bool) {
	return find(p.States, id, func(x *ProcessState) string { return x.ID })
}

// Duty finds a duty after the award by id.
func (p *Pack) Duty(id string) (Duty, bool) {
	return find(p.Duties, id, func(x *Duty) string { return x.ID })
}

// Section finds a section of the application form by id.
func (p *Pack) Section(id string) (FormSection, bool) {
	return find(p.Form, id, func(x *FormSection) string { return x.ID })
}

func find[T any](list []T, id string, key func(*T) string) (T, bool) {
	for i := range list {
		if key(&list[i]) == id {
			return list[i], true
		}
	}
	var none T
	return none, false
}

// Level is the place of a rating on s, counted from the worst; false when s has
// no such level.
func (s Scale) Level(id string) (int, bool) {
	for i, l := range s.Levels {
		if l.ID == id {
			return i, true
		}
	}
	return 0, false
}

// Text is the text of an item in lang ("r-kpi-table", "title"), else in
// Chinese, else in English, else the text's id in brackets.
func (p *Pack) Text(lang, id, aspect string) string {
	key := id + "." + aspect
	for _, l := range []string{lang, "zh-CN", "en"} {
		if s := p.Texts[l][key]; s != "" {
			return s
		}
	}
	return "[" + key + "]"
}

// HasText reports whether the item has the text in lang itself.
func (p *Pack) HasText(lang, id, aspect string) bool {
	return p.Texts[lang][id+"."+aspect] != ""
}

// Digest is the SHA-256 of the canonical form of p (Encode), in hex. Load and
// Decode compute it; a pack made otherwise has none.
func (p *Pack) Digest() string { return p.digest }
