package store

import (
	"os"
	"path/filepath"
	"strings"

	"mingpin/assess"
)

// synced are folders that a service copies behind the program's back, by the
// beginning of their names. A database copied between two of its writes is
// damaged.
var synced = []string{
	"onedrive", "dropbox", "google drive", "googledrive", "icloud", "mobile documents",
	"nutstore", "坚果云", "baidusync", "百度网盘", "wps云盘", "wpsdrive", "syncthing", "box sync",
}

// syncMarks are files such services leave at the top of what they copy.
var syncMarks = []string{".dropbox", ".stfolder", ".nutstore"}

// checkPlace refuses a folder on a network or in a synced folder, unless the
// user insists.
func checkPlace(dir string, insist bool) error {
	if insist {
		return nil
	}
	cause, err := onNetwork(dir)
	if err != nil {
		return err
	}
	if cause == "" {
		cause, err = inSynced(dir)
	}
	if err != nil || cause == "" {
		return err
	}
	return &assess.Fault{Kind: assess.Conflict, Key: "fault.vault_shared", Args: assess.Args{"Path": dir, "Cause": cause}}
}

// inSynced names the synced folder that dir lies in, or "".
func inSynced(dir string) (string, error) {
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return "", err
	}
	abs, err := filepath.Abs(real)
	if err != nil {
		return "", err
	}
	for at := abs; ; at = filepath.Dir(at) {
		name := strings.ToLower(filepath.Base(at))
		for _, s := range synced {
			if strings.HasPrefix(name, s) {
				return filepath.Base(at), nil
			}
		}
		for _, mark := range syncMarks {
			if _, err := os.Lstat(filepath.Join(at, mark)); err == nil {
				return filepath.Base(at), nil
			}
		}
		if at == filepath.Dir(at) {
			return "", nil
		}
	}
}
