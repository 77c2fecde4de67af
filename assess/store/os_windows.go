package store

import (
	"errors"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/windows"
)

// lockFile takes the lock of f without waiting: on one byte far behind its
// content, because a lock on Windows keeps others from reading too.
func lockFile(f *os.File) error {
	at := &windows.Overlapped{OffsetHigh: 1}
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, at)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING) {
		return errHeld
	}
	return err
}

// unlockFile lets go of the lock before the file is closed.
func unlockFile(f *os.File) error {
	return windows.UnlockFileEx(windows.Handle(f.Fd()), 0, 1, 0, &windows.Overlapped{OffsetHigh: 1})
}

// syncDir does nothing: NTFS journals names itself and opens no directory for
// flushing.
func syncDir(string) error { return nil }

// seal does nothing: a file without the right to write could not be removed.
func seal(string) error { return nil }

// rename gives a file or folder another name at once. A virus scanner or an
// indexer may hold it for a moment.
func rename(from, to string) error {
	err := os.Rename(from, to)
	for wait := time.Millisecond; isHeld(err) && wait < time.Second; wait *= 2 {
		time.Sleep(wait)
		err = os.Rename(from, to)
	}
	return err
}

func isHeld(err error) bool {
	return errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_ACCESS_DENIED)
}

func isFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}

func isReadOnly(err error) bool { return errors.Is(err, windows.ERROR_WRITE_PROTECT) }

// onNetwork names the kind of network drive dir is on, or "".
func onNetwork(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	root, err := windows.UTF16PtrFromString(filepath.VolumeName(abs) + `\`)
	if err != nil {
		return "", err
	}
	if windows.GetDriveType(root) == windows.DRIVE_REMOTE {
		return "network", nil
	}
	return "", nil
}

// startWriting does nothing where the system has no call for it.
func startWriting(*os.File, int64, int64) {}

// reserve gives f room on the disk.
func reserve(f *os.File, size int64) error { return fillUp(f, size) }
