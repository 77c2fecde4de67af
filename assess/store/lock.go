package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"time"

	"mingpin/assess"
)

// A Holder is the program that has a vault open.
type Holder struct {
	Program string    `json:"program"`
	PID     int       `json:"pid"`
	Host    string    `json:"host"`
	User    string    `json:"user"`
	Since   time.Time `json:"since"`
}

// lock is an open lock file. The operating system lets go of it when the
// process dies, so a lock left behind on this computer is simply taken; what
// the file says matters for telling the user, and for a holder elsewhere.
type lock struct{ file *os.File }

// errHeld is what lockFile returns when another has the lock.
var errHeld = errors.New("lock is held")

func takeLock(path string, o Options) (*lock, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, readOnly(err, path)
	}
	l := &lock{file: f}
	if err := lockFile(f); err != nil {
		defer f.Close()
		if errors.Is(err, errHeld) {
			return nil, readHolder(f).fault("fault.vault_in_use")
		}
		return nil, fmt.Errorf("lock vault: %w", err)
	}
	me := newHolder(o)
	last := readHolder(f)
	if elsewhere := last.Host != "" && last.Host != me.Host; elsewhere && !o.TakeOver {
		return nil, errors.Join(last.fault("fault.vault_in_use_elsewhere"), f.Close())
	}
	if err := l.write(me); err != nil {
		return nil, errors.Join(readOnly(err, path), f.Close())
	}
	return l, nil
}

func readOnly(err error, path string) error {
	if errors.Is(err, fs.ErrPermission) || isReadOnly(err) {
		return &assess.Fault{Kind: assess.Refused, Key: "fault.vault_read_only", Args: assess.Args{
			"Path": filepath.Dir(path),
		}, Err: err}
	}
	return err
}

func newHolder(o Options) Holder {
	host, _ := os.Hostname() // without a name the lock still holds
	now := time.Now
	if o.Now != nil {
		now = o.Now
	}
	return Holder{
		Program: filepath.Base(os.Args[0]), PID: os.Getpid(), Host: host,
		User: userName(), Since: now().UTC().Truncate(time.Second),
	}
}

// readHolder returns what the lock file says; a text that is not a holder's
// counts as none, since only the operating system's lock decides.
func readHolder(f *os.File) Holder {
	const most = 4 << 10
	var h Holder
	text, err := io.ReadAll(io.NewSectionReader(f, 0, most))
	if err != nil || json.Unmarshal(text, &h) != nil {
		return Holder{}
	}
	return h
}

func (l *lock) write(h Holder) error {
	text, err := json.Marshal(h)
	if err != nil {
		return err
	}
	if err := l.file.Truncate(0); err != nil {
		return err
	}
	if _, err := l.file.WriteAt(append(text, '\n'), 0); err != nil {
		return err
	}
	return l.file.Sync()
}

// free empties the lock file and lets go. The file stays: removing it would
// let two programs lock two files of the same name.
func (l *lock) free() error {
	if l == nil || l.file == nil {
		return nil
	}
	err := errors.Join(l.file.Truncate(0), unlockFile(l.file), l.file.Close())
	l.file = nil
	return err
}

func (h Holder) fault(key string) error {
	return &assess.Fault{Kind: assess.Conflict, Key: key, Args: assess.Args{
		"Program": h.Program, "PID": strconv.Itoa(h.PID), "Host": h.Host,
		"User": h.User, "Since": h.Since.Format(time.RFC3339),
	}}
}

// userName is the user of the operating system, for locks and as the actor
// where the caller names none.
func userName() string {
	if u, err := user.Current(); err == nil {
		if u.Name != "" {
			return u.Name
		}
		return u.Username
	}
	return "unknown"
}
