package volume

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image/color"
	"image/jpeg"
	"io"

	"mingpin/report/pdf"
	"mingpin/report/pdf/object"
)

// drawJPEG passes the compressed bytes through as they are; only CMYK, which a
// file of this kind may not hold, is decoded.
func drawJPEG(out *object.Writer, r io.ReaderAt, size int64) (pdf.Drawn, error) {
	j, err := readJPEG(r, size)
	if err != nil {
		return pdf.Drawn{}, err
	}
	if j.space == "" {
		img, err := jpeg.Decode(io.NewSectionReader(r, 0, size))
		if err != nil {
			return pdf.Drawn{}, err
		}
		ref, err := pixels(out, img)
		if err != nil {
			return pdf.Drawn{}, err
		}
		return upright(out, ref, j.width, j.height, j.orientation)
	}
	ref := out.Alloc()
	d := imageDict(j.width, j.height, j.space)
	d["Filter"] = object.Name("DCTDecode")
	if err := out.PutStream(ref, d, io.NewSectionReader(r, 0, size), size); err != nil {
		return pdf.Drawn{}, err
	}
	return upright(out, ref, j.width, j.height, j.orientation)
}

// A jpegFile is what is known of a JPEG before its pixels are decoded. Its size
// is as stored; its space is empty when it cannot be used as it is.
type jpegFile struct {
	width, height int
	space         object.Name
	orientation   int // EXIF, 1 to 8
}

// readJPEG reads a JPEG from its first marker to its end marker. One that was
// cut off has none.
func readJPEG(r io.ReaderAt, size int64) (jpegFile, error) {
	c, err := jpeg.DecodeConfig(io.NewSectionReader(r, 0, size))
	if err != nil {
		return jpegFile{}, err
	}
	j := jpegFile{width: c.Width, height: c.Height, space: "DeviceRGB", orientation: 1}
	switch c.ColorModel {
	case color.GrayModel:
		j.space = "DeviceGray"
	case color.CMYKModel:
		j.space = ""
	}
	w := jpegWalk{in: bufio.NewReaderSize(io.NewSectionReader(r, 0, size), 64<<10), file: &j}
	return j, w.walk()
}

// The markers of a JPEG that matter here (ITU-T T.81, table B.1).
const (
	firstRestart = 0xD0
	startOfImage = 0xD8
	endOfImage   = 0xD9
	temporary    = 0x01
	app1         = 0xE1
)

// A jpegWalk goes over the segments of a JPEG.
type jpegWalk struct {
	in   *bufio.Reader
	file *jpegFile
}

func (w *jpegWalk) walk() error {
	for {
		marker, err := w.marker()
		switch {
		case errors.Is(err, io.EOF):
			return errors.New("jpeg is cut off")
		case err != nil:
			return err
		case marker == endOfImage:
			return nil
		}
		if err := w.segment(marker); err != nil {
			return fmt.Errorf("jpeg is cut off in segment %#x: %w", marker, err)
		}
	}
}

// marker finds the next marker, over the data of a scan if need be.
func (w *jpegWalk) marker() (byte, error) {
	for {
		_, err := w.in.ReadSlice(0xFF)
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil {
			return 0, err
		}
		b := byte(0xFF)
		for b == 0xFF {
			if b, err = w.in.ReadByte(); err != nil {
				return 0, err
			}
		}
		if b != 0 {
			return b, nil
		}
	}
}

// segment passes over what follows a marker; those of restarts stand alone.
func (w *jpegWalk) segment(marker byte) error {
	if marker == temporary || marker >= firstRestart && marker <= startOfImage {
		return nil
	}
	var head [2]byte
	if _, err := io.ReadFull(w.in, head[:]); err != nil {
		return err
	}
	n := int(binary.BigEndian.Uint16(head[:])) - len(head)
	if n < 0 {
		return errors.New("segment without length")
	}
	if marker != app1 {
		_, err := w.in.Discard(n)
		return err
	}
	body := make([]byte, n)
	if _, err := io.ReadFull(w.in, body); err != nil {
		return err
	}
	if tiff, ok := bytes.CutPrefix(body, []byte("Exif\x00\x00")); ok {
		w.file.orientation = tiffOrientation(tiff)
	}
	return nil
}

// tiffOrientation finds the orientation in EXIF data, 1 when there is none.
func tiffOrientation(b []byte) int {
	if len(b) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if b[0] == 'M' {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(b[4:]))
	if at+2 > int64(len(b)) {
		return 1
	}
	entries := b[at+2:]
	for n := order.Uint16(b[at:]); n > 0 && len(entries) >= 12; n-- {
		const orientationTag = 0x0112
		if order.Uint16(entries) == orientationTag {
			if o := int(order.Uint16(entries[8:])); o >= 1 && o <= 8 {
				return o
			}
		}
		entries = entries[12:]
	}
	return 1
}
