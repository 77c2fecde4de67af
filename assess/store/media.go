package store

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"unicode/utf8"
)

// sniffLength is how many bytes of a file's beginning are looked at.
const sniffLength = 4096

// signatures tell types by their first bytes. Offset is where they stand.
var signatures = []struct {
	offset int
	magic  string
	media  string
}{
	{0, "\xff\xd8\xff", "image/jpeg"},
	{0, "\x89PNG\r\n\x1a\n", "image/png"},
	{0, "GIF87a", "image/gif"},
	{0, "GIF89a", "image/gif"},
	{0, "II*\x00", "image/tiff"},
	{0, "MM\x00*", "image/tiff"},
	{8, "WEBP", "image/webp"},
	{4, "ftypheic", "image/heic"},
	{4, "ftypmif1", "image/heif"},
	{4, "ftyp", "video/mp4"},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-cfb"}, // doc, xls, wps, et
	{0, "Rar!\x1a\x07", "application/vnd.rar"},
	{0, "7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"},
	{0, "\x1f\x8b", "application/gzip"},
	{0, "BM", "image/bmp"},
	{0, "{\\rtf", "application/rtf"},
}

// inZip tells what a zip file is by a member that only that type has.
var inZip = map[string]string{
	"xl/workbook.xml":      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"xl/workbook.bin":      "application/vnd.ms-excel.sheet.binary.macroenabled.12",
	"word/document.xml":    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	"ofd.xml":              "application/ofd",
}

// mediaOf is the media type of a file by its content, never by its name. file
// is read at its end only where it is a zip archive.
func mediaOf(head []byte, file io.ReaderAt, size int64) (string, error) {
	if bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")) {
		return "application/pdf", nil
	}
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return zipMedia(file, size)
	}
	for _, s := range signatures {
		if len(head) > s.offset && bytes.HasPrefix(head[s.offset:], []byte(s.magic)) {
			return s.media, nil
		}
	}
	return textMedia(head), nil
}

// textMedia tells text from bytes: text has no control characters but those of
// lines. Chinese text may be UTF-8, UTF-16 or GB 18030.
func textMedia(head []byte) string {
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return "text/plain"
	}
	for _, b := range head {
		if b < 0x20 && !strings.ContainsRune("\t\n\r\f\x1b", rune(b)) || b == 0x7f {
			return "application/octet-stream"
		}
	}
	start := strings.ToLower(string(head[:min(len(head), 512)]))
	switch {
	case strings.Contains(start, "<svg"):
		return "image/svg+xml"
	case strings.Contains(start, "<!doctype html"), strings.Contains(start, "<html"):
		return "text/html"
	case strings.HasPrefix(strings.TrimPrefix(start, "\ufeff"), "<?xml"):
		return "text/xml"
	}
	if utf8.Valid(head[:max(0, len(head)-utf8.UTFMax)]) {
		return "text/plain"
	}
	return "text/plain; charset=gb18030"
}

const (
	zipEndLength    = 22
	zipEntryLength  = 46
	zipMostEntries  = 2000      // looked at; the telling members come early
	zipMostTrailing = 1<<16 - 1 // a comment behind the end record
)

// zipMedia looks through the names in an archive's directory. It holds one name
// at a time, whatever the archive claims.
func zipMedia(file io.ReaderAt, size int64) (string, error) {
	const plain = "application/zip"
	tail := make([]byte, min(size, zipEndLength+zipMostTrailing))
	if _, err := file.ReadAt(tail, size-int64(len(tail))); err != nil && err != io.EOF {
		return "", err
	}
	end := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if end < 0 || len(tail)-end < zipEndLength {
		return plain, nil
	}
	at := int64(binary.LittleEndian.Uint32(tail[end+16:]))
	for range zipMostEntries {
		entry := make([]byte, zipEntryLength)
		if _, err := file.ReadAt(entry, at); err != nil || !bytes.HasPrefix(entry, []byte("PK\x01\x02")) {
			return plain, nil
		}
		length := func(i int) int64 { return int64(binary.LittleEndian.Uint16(entry[i:])) }
		name := make([]byte, length(28))
		if _, err := file.ReadAt(name, at+zipEntryLength); err != nil {
			return plain, nil
		}
		if media := inZip[strings.ToLower(string(name))]; media != "" {
			return media, nil
		}
		at += zipEntryLength + length(28) + length(30) + length(32)
	}
	return plain, nil
}
