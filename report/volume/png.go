package volume

import (
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image/png"
	"io"

	"mingpin/report/pdf"
	"mingpin/report/pdf/object"
)

// drawPNG passes plain images through as they are compressed in the file, and
// decodes what has transparency or interlacing.
func drawPNG(out *object.Writer, r io.ReaderAt, size int64) (pdf.Drawn, error) {
	p, err := readPNG(r, size)
	if err != nil {
		return pdf.Drawn{}, err
	}
	if !p.plain() {
		img, err := png.Decode(io.NewSectionReader(r, 0, size))
		if err != nil {
			return pdf.Drawn{}, err
		}
		ref, err := pixels(out, img)
		return drawn(ref, p.width, p.height), err
	}
	d := imageDict(p.width, p.height, p.space())
	d["BitsPerComponent"] = int64(p.depth)
	d["Filter"] = object.Name("FlateDecode")
	d["DecodeParms"] = object.Dict{
		"Predictor": int64(15), "Colors": int64(p.components()),
		"BitsPerComponent": int64(p.depth), "Columns": int64(p.width),
	}
	ref := out.Alloc()
	if err := out.PutStream(ref, d, p.compressed(), p.length); err != nil {
		return pdf.Drawn{}, err
	}
	return drawn(ref, p.width, p.height), nil
}

// The colour types of a PNG that may pass as they are.
const (
	pngGrey    = 0
	pngRGB     = 2
	pngPalette = 3
)

// A pngFile is the head of a PNG and where its compressed pixels lie.
type pngFile struct {
	width, height int
	depth, kind   byte
	interlaced    bool
	transparent   bool
	palette       []byte
	data          []*io.SectionReader
	length        int64
}

// plain says whether the pixels can be used as they are.
func (p *pngFile) plain() bool { return p.components() > 0 && !p.interlaced && !p.transparent }

// components counts the samples of a pixel, 0 for those with transparency.
func (p *pngFile) components() int { return map[byte]int{pngGrey: 1, pngRGB: 3, pngPalette: 1}[p.kind] }

func (p *pngFile) space() object.Object {
	switch p.kind {
	case pngRGB:
		return object.Name("DeviceRGB")
	case pngPalette:
		colours := min(len(p.palette)/3, 1<<p.depth)
		return object.Array{object.Name("Indexed"), object.Name("DeviceRGB"), int64(colours - 1), object.String(p.palette[:3*colours])}
	}
	return object.Name("DeviceGray")
}

func (p *pngFile) compressed() io.Reader {
	parts := make([]io.Reader, len(p.data))
	for i, s := range p.data {
		parts[i] = io.NewSectionReader(s, 0, s.Size())
	}
	return io.MultiReader(parts...)
}

// readPNG reads the chunks of a PNG up to its end.
func readPNG(r io.ReaderAt, size int64) (*pngFile, error) {
	if _, err := png.DecodeConfig(io.NewSectionReader(r, 0, size)); err != nil {
		return nil, err
	}
	p := &pngFile{}
	const signature, frame = 8, 12 // of a chunk: length, kind, checksum
	for at := int64(signature); at+frame <= size; {
		var head [8]byte
		if _, err := r.ReadAt(head[:], at); err != nil {
			return nil, err
		}
		n := int64(binary.BigEndian.Uint32(head[:4]))
		if at+frame+n > size {
			return nil, fmt.Errorf("png chunk %q is cut off", head[4:])
		}
		done, err := p.chunk(string(head[4:]), io.NewSectionReader(r, at+int64(len(head)), n))
		if err != nil {
			return nil, fmt.Errorf("png chunk %q: %w", head[4:], err)
		}
		if done {
			return p, p.complete()
		}
		at += frame + n
	}
	return nil, errors.New("png has no end")
}

func (p *pngFile) chunk(kind string, body *io.SectionReader) (done bool, err error) {
	switch kind {
	case "IHDR":
		var h [13]byte
		if _, err := io.ReadFull(body, h[:]); err != nil {
			return false, err
		}
		p.width, p.height = int(binary.BigEndian.Uint32(h[:4])), int(binary.BigEndian.Uint32(h[4:8]))
		p.depth, p.kind, p.interlaced = h[8], h[9], h[12] != 0
	case "PLTE":
		p.palette, err = io.ReadAll(io.LimitReader(body, 3*256))
	case "tRNS":
		p.transparent = true
	case "IDAT":
		p.data = append(p.data, body)
		p.length += body.Size()
	case "IEND":
		return true, nil
	}
	return false, err
}

func (p *pngFile) complete() error {
	if len(p.data) == 0 || p.kind == pngPalette && len(p.palette) < 3 {
		return errors.New("png has no pixels or no palette")
	}
	return nil
}

// check makes sure that the pixels are all there and unharmed, at constant
// memory: by the checksums of their chunks and, where they are passed on as
// they are, by inflating them.
func (p *pngFile) check() error {
	for _, s := range p.data {
		if err := checksum(s); err != nil {
			return err
		}
	}
	if !p.plain() {
		return nil
	}
	z, err := zlib.NewReader(p.compressed())
	if err != nil {
		return err
	}
	const mostFilter = 4
	row := make([]byte, 1+(p.width*p.components()*int(p.depth)+7)/8)
	for range p.height {
		if _, err := io.ReadFull(z, row); err != nil {
			return err
		}
		if row[0] > mostFilter {
			return fmt.Errorf("png filter %d", row[0])
		}
	}
	if n, err := z.Read(row); n > 0 || err != io.EOF {
		return errors.New("png has more pixels than it says")
	}
	return nil
}

// checksum compares the checksum of a chunk, over its kind and data, with the
// one that follows it.
func checksum(chunk *io.SectionReader) error {
	file, at, n := chunk.Outer()
	const around = 4 // bytes of the kind before, of the checksum behind
	sum := crc32.NewIEEE()
	if _, err := io.Copy(sum, io.NewSectionReader(file, at-around, around+n)); err != nil {
		return err
	}
	var want [around]byte
	if _, err := file.ReadAt(want[:], at+n); err != nil {
		return err
	}
	if sum.Sum32() != binary.BigEndian.Uint32(want[:]) {
		return errors.New("png pixels do not match their checksum")
	}
	return nil
}
