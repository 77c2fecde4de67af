package sign

import (
	"errors"
	"fmt"
	"time"
)

// Errors of opening a PKCS#12 file.
var (
	// ErrWrongPassword says that the password does not open the file. Damage
	// inside the protected part cannot be told from a wrong password.
	ErrWrongPassword = errors.New("password does not open the key file")
	// ErrDamaged says that the file is no PKCS#12 file, or no longer one.
	ErrDamaged = errors.New("key file is damaged")
	// ErrNoKey says that the file holds certificates but no private key.
	ErrNoKey = errors.New("key file holds no private key")
	// ErrNoCertificate says that no certificate in the file belongs to its key.
	ErrNoCertificate = errors.New("key file holds no certificate of its key")
)

// Errors of an identity that must not sign.
var (
	// ErrKeyUsage says that the certificate was not issued for signing.
	ErrKeyUsage = errors.New("certificate is not for signing")
)

// Errors of signing a PDF.
var (
	// ErrCertifyLate says that a certification was asked for in a document
	// that has a signature already; only the first one can certify.
	ErrCertifyLate = errors.New("only the first signature can certify")
	// ErrSigned says that fields cannot be placed any more: the document has a
	// signature.
	ErrSigned = errors.New("document is signed already")
	// ErrLocked says that the document's certification allows no further
	// signature (DocMDP P=1).
	ErrLocked = errors.New("certification allows no further signature")
	// ErrTooLong says that the signature does not fit the space reserved for
	// it: the certificate chain is too long.
	ErrTooLong = errors.New("signature does not fit the reserved space")
)

// An ExpiredError says that the certificate ended before the moment asked for.
type ExpiredError struct{ NotAfter time.Time }

func (e ExpiredError) Error() string {
	return "certificate expired at " + e.NotAfter.UTC().Format(time.RFC3339)
}

// A NotYetValidError says that the certificate begins after the moment asked
// for.
type NotYetValidError struct{ NotBefore time.Time }

func (e NotYetValidError) Error() string {
	return "certificate is valid from " + e.NotBefore.UTC().Format(time.RFC3339)
}

// A WeakKeyError says that a key is too short to sign with.
type WeakKeyError struct {
	Algorithm string
	Bits      int
}

func (e WeakKeyError) Error() string {
	return fmt.Sprintf("key is weak: %s %d bit", e.Algorithm, e.Bits)
}

// An UnsupportedError names something well-formed that is not understood here.
// What is a stable word: "sm2", "iterations", "too-large", "ber", "password",
// "key-type", "content", "encrypted".
type UnsupportedError struct {
	What string
	Err  error // may be nil
}

func (e UnsupportedError) Error() string {
	if e.Err == nil {
		return "not supported: " + e.What
	}
	return "not supported: " + e.What + ": " + e.Err.Error()
}

// Unwrap gives the cause.
func (e UnsupportedError) Unwrap() error { return e.Err }

// A FieldError says why a signature field cannot be used. What is a stable
// word: "missing", "signed", "duplicate", "page", "rect", "name".
type FieldError struct{ Name, What string }

func (e FieldError) Error() string { return fmt.Sprintf("signature field %q: %s", e.Name, e.What) }
