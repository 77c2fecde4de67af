package main

import (
	"crypto/rand"

	"mingpin/report/sign"
)

// newIdentity makes a key with certificate and seals it with password.
func newIdentity(s *session, name, organisation, password string) ([]byte, error) {
	id, err := sign.NewIdentity(name, organisation, s.now(), rand.Reader)
	if err != nil {
		return nil, err
	}
	return id.PKCS12(password)
}
