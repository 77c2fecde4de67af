package store

import (
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// ballastSize is what is set free when the disk is full, enough for a few
// thousand saves.
const ballastSize = 8 << 20

func ballastPath(root string) string { return filepath.Join(root, "ballast") }

// layBallast makes the ballast file below root unless it is there. No room for
// it is not a fault: the next save will say so.
func layBallast(root string) error {
	path := ballastPath(root)
	if info, err := os.Lstat(path); err == nil && info.Size() == ballastSize {
		return nil
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	err = errors.Join(reserve(f, ballastSize), f.Close())
	if isFull(err) {
		return os.Remove(path)
	}
	return err
}

// freeBallast gives the room of the ballast back after a fault of a full disk,
// and reports whether there was any.
func freeBallast(root string, fault error) (bool, error) {
	err := os.Remove(ballastPath(root))
	if errors.Is(err, fs.ErrNotExist) {
		return false, fault
	}
	return err == nil, errors.Join(fault, err)
}

// fillUp takes room with random bytes, since a file system may store zeros or
// repetition in none.
func fillUp(f *os.File, size int64) error {
	_, err := io.CopyN(f, rand.NewChaCha8([32]byte{}), size)
	return err
}
