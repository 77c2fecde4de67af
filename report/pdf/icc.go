package pdf

import (
	"encoding/binary"
	"math"
	"sync"
)

// sRGB is a colour profile, ICC version 2, made from the constants of
// IEC 61966-2-1: primaries adapted to D50 and the tone curve as a table.
var sRGB = sync.OnceValue(func() []byte {
	curve := toneCurve()
	tags := []struct {
		name string
		data []byte
	}{
		{"desc", iccDescription("sRGB IEC61966-2.1")},
		{"cprt", iccText("No copyright, use freely")},
		{"wtpt", iccXYZ(0xF6D6, 0x10000, 0xD32D)},
		{"rXYZ", iccXYZ(0x6FA2, 0x38F5, 0x0390)},
		{"gXYZ", iccXYZ(0x6299, 0xB785, 0x18DA)},
		{"bXYZ", iccXYZ(0x24A0, 0x0F84, 0xB6CF)},
		{"rTRC", curve},
		{"gTRC", curve},
		{"bTRC", curve},
	}
	be := binary.BigEndian
	table := be.AppendUint32(nil, uint32(len(tags)))
	var body []byte
	start := 128 + 4 + 12*len(tags)
	last := 0
	for i, t := range tags {
		if i == 0 || &t.data[0] != &tags[i-1].data[0] { // the three curves are one
			last = start + len(body)
			body = append(body, t.data...)
			body = append(body, make([]byte, -len(body)&3)...)
		}
		table = append(table, t.name...)
		table = be.AppendUint32(table, uint32(last))
		table = be.AppendUint32(table, uint32(len(t.data)))
	}
	head := iccHeader(start + len(body))
	return append(append(head, table...), body...)
})

func iccHeader(size int) []byte {
	be := binary.BigEndian
	h := make([]byte, 128)
	be.PutUint32(h[0:], uint32(size))
	be.PutUint32(h[8:], 0x02100000) // version 2.1
	copy(h[12:], "mntrRGB XYZ ")
	for i, v := range []uint16{1998, 2, 9, 6, 49, 0} { // the day of the standard's draft
		be.PutUint16(h[24+2*i:], v)
	}
	copy(h[36:], "acsp")
	be.PutUint32(h[68:], 0xF6D6) // D50, the connection space's white
	be.PutUint32(h[72:], 0x10000)
	be.PutUint32(h[76:], 0xD32D)
	return h
}

// iccXYZ is a colour in 16.16 fixed point.
func iccXYZ(x, y, z uint32) []byte {
	be := binary.BigEndian
	b := append([]byte("XYZ "), 0, 0, 0, 0)
	return be.AppendUint32(be.AppendUint32(be.AppendUint32(b, x), y), z)
}

func iccText(s string) []byte {
	return append(append([]byte("text\x00\x00\x00\x00"), s...), 0)
}

// iccDescription is a textDescriptionType: ASCII only, the Unicode and
// Macintosh parts empty.
func iccDescription(s string) []byte {
	b := append([]byte("desc"), 0, 0, 0, 0)
	b = binary.BigEndian.AppendUint32(b, uint32(len(s)+1))
	b = append(append(b, s...), 0)
	return append(b, make([]byte, 4+4+2+1+67)...)
}

// toneCurve is the transfer function of sRGB at 1,024 points.
func toneCurve() []byte {
	const n = 1024
	be := binary.BigEndian
	b := append([]byte("curv"), 0, 0, 0, 0)
	b = be.AppendUint32(b, n)
	for i := range n {
		v := float64(i) / (n - 1)
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		b = be.AppendUint16(b, uint16(math.Round(v*65535)))
	}
	return b
}
