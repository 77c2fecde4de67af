package sign

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/asn1"
	"errors"
	"hash"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
	"software.sslmate.com/src/go-pkcs12"
)

// maxIterations bounds the sum of all password stretching that a key file asks
// for, a few seconds of work. Files in use ask for 1 to 600,000. What an
// encrypted part asks for is behind the password and cannot be counted.
const maxIterations = 5_000_000

// A keyFile is what can be seen of a PKCS#12 file (RFC 7292) without a
// password.
type keyFile struct {
	mac        bool
	iterations int64
	key        []byte // EncryptedPrivateKeyInfo, if any is in sight
	plainKey   bool
}

// scanKeyFile reads the outer structure and refuses a file that asks for too
// much work.
func scanKeyFile(data []byte) (*keyFile, error) {
	if len(data) > 1 && data[0] == 0x30 && data[1] == 0x80 {
		return nil, UnsupportedError{What: "ber"}
	}
	var f keyFile
	if !f.scan(data) {
		return nil, ErrDamaged
	}
	if f.iterations > maxIterations {
		return nil, UnsupportedError{What: "iterations"}
	}
	return &f, nil
}

func (f *keyFile) scan(data []byte) bool {
	in := cryptobyte.String(data)
	var pfx, content, safes cryptobyte.String
	var version int
	var kind asn1.ObjectIdentifier
	if !in.ReadASN1(&pfx, casn1.SEQUENCE) || !in.Empty() ||
		!pfx.ReadASN1Integer(&version) || version != 3 ||
		!readContentInfo(&pfx, &kind, &content) || !kind.Equal(oidData) ||
		!content.ReadASN1(&safes, casn1.OCTET_STRING) || !content.Empty() ||
		!f.scanMAC(&pfx) || !pfx.Empty() {
		return false
	}
	var list cryptobyte.String
	if !safes.ReadASN1(&list, casn1.SEQUENCE) || !safes.Empty() {
		return false
	}
	for !list.Empty() {
		if !readContentInfo(&list, &kind, &content) || !f.scanSafe(kind, content) {
			return false
		}
	}
	return true
}

func readContentInfo(in *cryptobyte.String, kind *asn1.ObjectIdentifier, content *cryptobyte.String) bool {
	var info cryptobyte.String
	return in.ReadASN1(&info, casn1.SEQUENCE) && info.ReadASN1ObjectIdentifier(kind) &&
		info.ReadASN1(content, tag0) && info.Empty()
}

func (f *keyFile) scanMAC(pfx *cryptobyte.String) bool {
	if pfx.Empty() {
		return true
	}
	f.mac = true
	var data, digest cryptobyte.String
	if !pfx.ReadASN1(&data, casn1.SEQUENCE) || !data.ReadASN1(&digest, casn1.SEQUENCE) ||
		!f.countAlgorithm(&digest) || !data.SkipASN1(casn1.OCTET_STRING) {
		return false
	}
	return data.Empty() || f.count(&data) && data.Empty()
}

// scanSafe looks into one part of the authenticated safe.
func (f *keyFile) scanSafe(kind asn1.ObjectIdentifier, content cryptobyte.String) bool {
	var body, bags cryptobyte.String
	switch {
	case kind.Equal(oidData):
		if !content.ReadASN1(&body, casn1.OCTET_STRING) || !body.ReadASN1(&bags, casn1.SEQUENCE) {
			return false
		}
		for !bags.Empty() {
			if !f.scanBag(&bags) {
				return false
			}
		}
	case kind.Equal(oidEncryptedData):
		var version int
		var info cryptobyte.String
		return content.ReadASN1(&body, casn1.SEQUENCE) && body.ReadASN1Integer(&version) &&
			body.ReadASN1(&info, casn1.SEQUENCE) && info.SkipASN1(casn1.OBJECT_IDENTIFIER) && f.countAlgorithm(&info)
	}
	return true
}

func (f *keyFile) scanBag(bags *cryptobyte.String) bool {
	var bag, value cryptobyte.String
	var kind asn1.ObjectIdentifier
	if !bags.ReadASN1(&bag, casn1.SEQUENCE) || !bag.ReadASN1ObjectIdentifier(&kind) || !bag.ReadASN1(&value, tag0) {
		return false
	}
	switch {
	case kind.Equal(oidKeyBag):
		f.plainKey = true
	case kind.Equal(oidShroudedKeyBag):
		f.key = value
		var info cryptobyte.String
		return value.ReadASN1(&info, casn1.SEQUENCE) && f.countAlgorithm(&info)
	}
	return true
}

// countAlgorithm adds the iteration count of a password-based algorithm: its
// parameters begin with a salt and the count (PKCS#12, PBKDF2) or with the
// algorithm that has them (PBES2, PBMAC1). Plain digests have no count.
func (f *keyFile) countAlgorithm(in *cryptobyte.String) bool {
	for range 2 {
		var alg, params cryptobyte.String
		if !in.ReadASN1(&alg, casn1.SEQUENCE) || !alg.SkipASN1(casn1.OBJECT_IDENTIFIER) {
			return false
		}
		if !alg.PeekASN1Tag(casn1.SEQUENCE) {
			return true
		}
		if !alg.ReadASN1(&params, casn1.SEQUENCE) {
			return false
		}
		if params.PeekASN1Tag(casn1.OCTET_STRING) {
			return params.SkipASN1(casn1.OCTET_STRING) && f.count(&params)
		}
		in = &params
	}
	return false
}

// count adds an iteration count; a negative one counts as too many. PBMAC1
// files have a zero where older ones have the count.
func (f *keyFile) count(in *cryptobyte.String) bool {
	var raw cryptobyte.String
	if !in.ReadASN1(&raw, casn1.INTEGER) || len(raw) == 0 {
		return false
	}
	n := int64(0)
	for _, b := range raw {
		n = min(n<<8|int64(b), maxIterations+1)
	}
	if raw[0]&0x80 != 0 {
		n = maxIterations + 1
	}
	f.iterations += n
	return true
}

// explain turns an error of the PKCS#12 reader into one of this package. The
// outer structure is sound by then, and past the password check the content is
// what its author wrote.
func (f *keyFile) explain(err error, password string) error {
	var later pkcs12.NotImplementedError
	var syntax asn1.SyntaxError
	var structure asn1.StructuralError
	switch {
	case errors.Is(err, pkcs12.ErrIncorrectPassword), errors.Is(err, pkcs12.ErrDecryption):
		return ErrWrongPassword
	case errors.As(err, &later):
		return UnsupportedError{What: "content", Err: err}
	case f.isSM2(password):
		return UnsupportedError{What: "sm2"}
	case errors.As(err, &syntax), errors.As(err, &structure):
		return ErrDamaged
	case f.key == nil && !f.plainKey:
		return ErrNoKey
	}
	return UnsupportedError{What: "content", Err: err}
}

// isSM2 looks into a key protected by PBES2 for the curve of SM2 (GB/T 32918),
// which the standard library does not read.
func (f *keyFile) isSM2(password string) bool {
	plain := openPBES2(f.key, password)
	var info, alg cryptobyte.String
	var version int
	var kind, curve asn1.ObjectIdentifier
	return plain.ReadASN1(&info, casn1.SEQUENCE) && info.ReadASN1Integer(&version) &&
		info.ReadASN1(&alg, casn1.SEQUENCE) && alg.ReadASN1ObjectIdentifier(&kind) && kind.Equal(oidECPublicKey) &&
		alg.ReadASN1ObjectIdentifier(&curve) && curve.Equal(oidSM2)
}

// openPBES2 decrypts an EncryptedPrivateKeyInfo in PBES2 with AES-CBC
// (RFC 8018), nil for anything else.
func openPBES2(der []byte, password string) cryptobyte.String {
	in := cryptobyte.String(der)
	var outer, alg, params, kdf, kdfParams, enc, salt, iv, text cryptobyte.String
	var kind, cipherID asn1.ObjectIdentifier
	var rounds int
	if !in.ReadASN1(&outer, casn1.SEQUENCE) || !outer.ReadASN1(&alg, casn1.SEQUENCE) ||
		!outer.ReadASN1(&text, casn1.OCTET_STRING) || !alg.ReadASN1ObjectIdentifier(&kind) || !kind.Equal(oidPBES2) ||
		!alg.ReadASN1(&params, casn1.SEQUENCE) || !params.ReadASN1(&kdf, casn1.SEQUENCE) ||
		!params.ReadASN1(&enc, casn1.SEQUENCE) || !kdf.SkipASN1(casn1.OBJECT_IDENTIFIER) ||
		!kdf.ReadASN1(&kdfParams, casn1.SEQUENCE) || !kdfParams.ReadASN1(&salt, casn1.OCTET_STRING) ||
		!kdfParams.ReadASN1Integer(&rounds) || !enc.ReadASN1ObjectIdentifier(&cipherID) ||
		!enc.ReadASN1(&iv, casn1.OCTET_STRING) {
		return nil
	}
	prf := pseudoRandom(kdfParams)
	size := map[string]int{"2.16.840.1.101.3.4.1.2": 16, "2.16.840.1.101.3.4.1.22": 24, "2.16.840.1.101.3.4.1.42": 32}[cipherID.String()]
	if prf == nil || size == 0 || len(iv) != aes.BlockSize || len(text) == 0 || len(text)%aes.BlockSize != 0 {
		return nil
	}
	key, err := pbkdf2.Key(prf, password, salt, rounds, size)
	if err != nil {
		return nil
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil
	}
	plain := make([]byte, len(text))
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(plain, text)
	return plain
}

// pseudoRandom reads the hash that follows the count of PBKDF2; SHA-1 if none
// is named.
func pseudoRandom(params cryptobyte.String) func() hash.Hash {
	var alg cryptobyte.String
	var id asn1.ObjectIdentifier
	params.SkipOptionalASN1(casn1.INTEGER)
	if params.Empty() {
		return sha1.New
	}
	switch {
	case !params.ReadASN1(&alg, casn1.SEQUENCE) || !alg.ReadASN1ObjectIdentifier(&id):
		return nil
	case id.Equal(oidHMACSHA256):
		return sha256.New
	case id.Equal(oidHMACSHA1):
		return sha1.New
	}
	return nil
}
