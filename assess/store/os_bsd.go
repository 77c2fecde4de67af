//go:build darwin || freebsd

package store

import (
	"os"
	"slices"

	"golang.org/x/sys/unix"
)

// onNetwork names the network file system dir is on, or "".
func onNetwork(dir string) (string, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return "", err
	}
	name := unix.ByteSliceToString(s.Fstypename[:])
	if slices.Contains([]string{"nfs", "smbfs", "afpfs", "webdav", "ftp"}, name) {
		return name, nil
	}
	return "", nil
}

// startWriting does nothing where the system has no call for it.
func startWriting(*os.File, int64, int64) {}

// reserve gives f room on the disk.
func reserve(f *os.File, size int64) error { return fillUp(f, size) }
