//go:build !linux

package handin

import "os"

// flush does nothing where the system has no such call.
func flush(*os.File, int64, int64) {}
