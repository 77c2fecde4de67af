package pdf_test
import "os"
func os_WriteFile(n string,b []byte) error { return os.WriteFile(n,b,0o644) }
