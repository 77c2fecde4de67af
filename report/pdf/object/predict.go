package object

// predictor holds the parameters of 7.4.4.4.
type predictor struct {
	filter                  Name
	kind, colors, bits, row int
}

// unpredict undoes the predictor that parms names.
func unpredict(filter Name, data []byte, parms Dict) ([]byte, error) {
	p := predictor{filter: filter, kind: 1, colors: 1, bits: 8}
	columns := 1
	for key, to := range map[Name]*int{"Predictor": &p.kind, "Colors": &p.colors, "BitsPerComponent": &p.bits, "Columns": &columns} {
		if v, ok := Int(parms[key]); ok {
			if v < 1 || v > 1<<24 {
				return nil, &FilterError{filter, "impossible /" + string(key)}
			}
			*to = int(v)
		}
	}
	if p.kind == 1 {
		return data, nil
	}
	if p.colors > 32 || (p.bits != 1 && p.bits != 2 && p.bits != 4 && p.bits != 8 && p.bits != 16) {
		return nil, &FilterError{filter, "impossible parameters of the predictor"}
	}
	p.row = (p.colors*p.bits*columns + 7) / 8
	switch {
	case p.kind == 2:
		return p.tiff(data), nil
	case p.kind >= 10 && p.kind <= 15:
		return p.png(data)
	}
	return nil, &FilterError{filter, "unknown predictor"}
}

// png undoes the row filters of PNG in place; a short last row is taken as it is.
func (p predictor) png(data []byte) ([]byte, error) {
	size := (p.colors*p.bits + 7) / 8
	out := data[:0]
	above := make([]byte, 0)
	for len(data) > 1 {
		kind := data[0]
		row := data[1:min(len(data), p.row+1)]
		data = data[1+len(row):]
		if kind > 4 {
			return nil, &FilterError{p.filter, "unknown PNG row filter"}
		}
		undoRow(kind, row, above, size)
		at := len(out)
		out = append(out, row...)
		above = out[at:]
	}
	return out, nil
}

// undoRow undoes one row; above may be shorter, what lacks is 0.
func undoRow(kind byte, row, above []byte, size int) {
	for i := range row {
		var left, up, corner int
		if i >= size {
			left = int(row[i-size])
		}
		if i < len(above) {
			up = int(above[i])
			if i >= size {
				corner = int(above[i-size])
			}
		}
		switch kind {
		case 1:
			row[i] += byte(left)
		case 2:
			row[i] += byte(up)
		case 3:
			row[i] += byte((left + up) / 2)
		case 4:
			row[i] += byte(paeth(left, up, corner))
		}
	}
}

func paeth(a, b, c int) int {
	pa, pb, pc := distance(b, c), distance(a, c), distance(a+b, 2*c)
	switch {
	case pa <= pb && pa <= pc:
		return a
	case pb <= pc:
		return b
	}
	return c
}

func distance(a, b int) int {
	if a > b {
		return a - b
	}
	return b - a
}

// tiff adds to each component the one of the pixel to its left.
func (p predictor) tiff(data []byte) []byte {
	for at := 0; at < len(data); at += p.row {
		row := data[at:min(len(data), at+p.row)]
		switch p.bits {
		case 8:
			for i := p.colors; i < len(row); i++ {
				row[i] += row[i-p.colors]
			}
		case 16:
			for i := 2 * p.colors; i+1 < len(row); i += 2 {
				j := i - 2*p.colors
				v := uint16(row[i])<<8 + uint16(row[i+1]) + uint16(row[j])<<8 + uint16(row[j+1])
				row[i], row[i+1] = byte(v>>8), byte(v)
			}
		default:
			p.tiffBits(row)
		}
	}
	return data
}

// tiffBits does the same for components of 1, 2 or 4 bits.
func (p predictor) tiffBits(row []byte) {
	mask := byte(1<<p.bits - 1)
	per := 8 / p.bits
	get := func(i int) byte { return row[i/per] >> (8 - p.bits*(i%per+1)) & mask }
	for i := p.colors; i < len(row)*per; i++ {
		v := (get(i) + get(i-p.colors)) & mask
		shift := 8 - p.bits*(i%per+1)
		row[i/per] = row[i/per]&^(mask<<shift) | v<<shift
	}
}
