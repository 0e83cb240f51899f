package problem

import (
	"archive/zip"
	"compress/flate"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
)

// Reason makes an argument of an error of the system or of a format: what people
// meet is said in both languages, the rest as the system says it.
func Reason(err error) string {
	var corrupt flate.CorruptInputError
	for _, known := range []struct {
		is bool
		zh string
	}{
		{errors.Is(err, zip.ErrFormat), "不是完整的 zip 文件"},
		{errors.Is(err, zip.ErrAlgorithm), "压缩方法不认识"},
		{errors.Is(err, zip.ErrChecksum) || errors.Is(err, gzip.ErrChecksum), "校验和不符,内容被改过或损坏"},
		{errors.Is(err, gzip.ErrHeader), "不是 gzip 文件"},
		{errors.As(err, &corrupt), "压缩的内容损坏"},
		{errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF), "文件不完整,后面缺了"},
		{errors.Is(err, fs.ErrNotExist), "没有这个文件"},
		{errors.Is(err, fs.ErrPermission), "没有读写权限"},
	} {
		if known.is {
			return Both(known.zh, err.Error())
		}
	}
	return err.Error()
}
