// Package programme reads, checks, compares and upgrades programme packs: the
// versioned, machine-readable form of a brand programme's specification. It is
// the only package that knows the pack format and its condition language; it
// never sees a client's answers except through Env.
//
// # A pack
//
// A pack is a folder <id>/<version>/ with pack.yaml, whose form Schema
// describes, and locales/<language>.yaml. Anchors, aliases, tags and merge keys
// are not part of the format. Ids are frozen and share one space of names,
// since texts are found by them.
//
// # Texts
//
// A text is "<id>.<aspect>", written flat or one level deep:
//
//	r-kpi-table:
//	  title: 主要关键性能指标对比表
//	  ask: 每项指标的检验方法是什么？
//
// Every item has a title, except the clauses of the declaration, which have a
// text. A requirement also has text, intent, pass, fail and ask; a gate text
// and ask; a slot hint; an outcome text; the pack, under the id "pack", title,
// short and card. Levels of a scale are "<scale>.<level>". The texts of the
// declaration may hold Placeholders.
//
// # Conditions
//
// Conditions are CEL with types of our own: Decimal, Date, Year and Period;
// int is left for counts. They have three values: what is missing makes the
// result unknown, unless the rest decides it.
//
//	fact('id')                  the latest fact, by the concept's type: Decimal, Date, bool or string
//	fact('id', year)            of a yearly concept; declaration_date.year - 1 is a year
//	sum('id', n)  mean('id', n) over the n complete years before the declaration year
//	ratio('a', 'b', n)          sum of a ÷ sum of b over these years
//	growing('id', n)            each of these years above the one before
//	run_below('id', n, x)       the longest run of these years below x
//	years('id')                 complete years since a date; or years on end with a fact
//	none_within('id', 'P3Y')    an event: true when facts say so for the whole window, false when it happened in it
//	happened_on('id')           the last date of an event
//	param('id')                 a parameter of the pack, or the user's replacement: Decimal or Period
//	decimal('0.03') date('2025-12-01') period('P3M')
//	declaration_date            with .minus('P3M'), .plus('P1Y'), .year
//	application.track …         see attributeTypes; also client.… and standard.…
//	'510107'.startsWith('51')   for codes that nest
//	[1, 2].all(n, …)  [1, 2].exists(n, …)  x in ['a', 'b']
//
// Outcomes may ask for score, proven and conforming (Decimal) and for
// gates_failed, gates_unknown and blocks (int) as well. Ids are written as
// literals, so that a pack with an unknown concept does not load. A count
// stands on the right of ==. Numbers such as 0.03 are CEL's binary ones and are
// refused.
package programme
