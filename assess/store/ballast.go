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
	// Random bytes, since a file system may store zeros or repetition in no room.
	_, err = io.CopyN(f, rand.NewChaCha8([32]byte{}), ballastSize)
	err = errors.Join(err, f.Close())
	if isFull(err) {
		return dropBallast(root)
	}
	return err
}

func dropBallast(root string) error {
	err := os.Remove(ballastPath(root))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
