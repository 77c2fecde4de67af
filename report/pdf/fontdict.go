package pdf

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"unicode/utf16"

	"mingpin/report/pdf/object"
)

// faceNames are what the faces are called in the file.
var faceNames = [2]string{"NotoSansSC-Regular", "NotoSansSC-Bold"}

// writeFonts copies the fonts of the drawn file with their names marked as
// subsets and exact maps from codes to characters.
func (f *finisher) writeFonts() error {
	catalog, err := f.in.Catalog()
	if err != nil {
		return err
	}
	tree, err := f.dictOf(catalog["Pages"])
	if err != nil {
		return err
	}
	kids, _ := tree["Kids"].(object.Array)
	if len(kids) == 0 {
		return errDrawn
	}
	page, err := f.dictOf(kids[0])
	if err != nil {
		return err
	}
	resources, err := f.dictOf(page["Resources"])
	if err != nil {
		return err
	}
	fonts, err := f.dictOf(resources["Font"])
	if err != nil {
		return err
	}
	f.fonts = object.Dict{}
	for _, name := range sortedNames(fonts) {
		d, err := f.dictOf(fonts[name])
		if err != nil {
			return err
		}
		if f.fonts[name], err = f.writeFont(d); err != nil {
			return err
		}
	}
	return nil
}

func sortedNames(d object.Dict) []object.Name {
	names := make([]object.Name, 0, len(d))
	for n := range d {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// writeFont writes one Type 0 font (ISO 32000-1, 9.7.6).
func (f *finisher) writeFont(d object.Dict) (object.Object, error) {
	k := 0
	if base, _ := d["BaseFont"].(object.Name); base == "utf8textB" {
		k = 1
	}
	name := object.Name(subsetTag(f.sets[k]) + "+" + faceNames[k])
	descendants, _ := d["DescendantFonts"].(object.Array)
	if len(descendants) != 1 {
		return nil, errDrawn
	}
	cid, err := f.dictOf(descendants[0])
	if err != nil {
		return nil, err
	}
	if cid, err = f.renamed(cid, name); err != nil {
		return nil, err
	}
	cidRef, err := f.out.Add(cid)
	if err != nil {
		return nil, err
	}
	toUnicode, err := f.out.Add(object.Deflate(object.Dict{}, toUnicodeMap(f.sets[k])))
	if err != nil {
		return nil, err
	}
	return f.out.Add(object.Dict{
		"Type": object.Name("Font"), "Subtype": object.Name("Type0"), "BaseFont": name,
		"Encoding": object.Name("Identity-H"), "DescendantFonts": object.Array{cidRef}, "ToUnicode": toUnicode,
	})
}

// renamed copies a CID font with its descriptor under a name.
func (f *finisher) renamed(cid object.Dict, name object.Name) (object.Dict, error) {
	descriptor, err := f.dictOf(cid["FontDescriptor"])
	if err != nil {
		return nil, err
	}
	if descriptor, err = f.copyDict(descriptor); err != nil {
		return nil, err
	}
	descriptor["FontName"] = name
	rest := cid.Clone()
	delete(rest, "FontDescriptor")
	out, err := f.copyDict(rest)
	if err != nil {
		return nil, err
	}
	out["BaseFont"] = name
	out["FontDescriptor"], err = f.out.Add(descriptor)
	return out, err
}

// subsetTag is six letters that differ for different character sets (9.6.4).
func subsetTag(c charset) string {
	sum := sha256.Sum256([]byte(string(c.runes)))
	tag := make([]byte, 6)
	for i := range tag {
		tag[i] = 'A' + sum[i]%26
	}
	return string(tag)
}

// toUnicodeMap names the character of every code, those beyond the basic plane
// by their surrogate pair (9.10.3).
func toUnicodeMap(c charset) []byte {
	b := []byte(`/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
`)
	const most = 100 // entries of one section
	for part := range slices.Chunk(c.runes, most) {
		b = fmt.Appendf(b, "%d beginbfchar\n", len(part))
		for _, r := range part {
			b = fmt.Appendf(b, "<%04X> <", c.code(r))
			for _, u := range utf16.Encode([]rune{r}) {
				b = fmt.Appendf(b, "%04X", u)
			}
			b = append(b, ">\n"...)
		}
		b = append(b, "endbfchar\n"...)
	}
	return append(b, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"...)
}
