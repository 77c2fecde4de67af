package assess

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// codeAlphabet holds the characters of a credit code in the order of their
// values: digits, then capital letters without I, O, S, V, Z (GB 32100-2015,
// table 2).
const codeAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// codeLength is the number of characters of a credit code.
const codeLength = 18

// CheckCreditCode returns the fault of a unified social credit code
// (统一社会信用代码) by GB 32100-2015, or nil: wrong length, a character outside
// the alphabet, or a check digit that does not fit. It names what is wrong and
// proposes no correction, since a near miss may be somebody else's code.
func CheckCreditCode(code string) error {
	if n := utf8.RuneCountInString(code); n != codeLength {
		return &Fault{Kind: Invalid, Key: "fault.code_length", Args: Args{"Value": clip(code), "Length": strconv.Itoa(n)}}
	}
	position := 0
	for _, r := range code {
		position++
		if !strings.ContainsRune(codeAlphabet, r) {
			return &Fault{Kind: Invalid, Key: "fault.code_char", Args: Args{
				"Value": code, "Position": strconv.Itoa(position), "Char": string(r),
			}}
		}
	}
	if creditCheckDigit(code[:codeLength-1]) != code[codeLength-1] {
		return &Fault{Kind: Invalid, Key: "fault.code_check", Args: Args{"Value": code, "Char": code[codeLength-1:]}}
	}
	return nil
}

// creditCheckDigit is the 18th character for the first 17: the weights are
// 3^(i-1) mod 31 (GB 32100-2015, annex A).
func creditCheckDigit(first17 string) byte {
	sum, weight := 0, 1
	for i := range len(first17) {
		sum += weight * strings.IndexByte(codeAlphabet, first17[i])
		weight = weight * 3 % 31
	}
	return codeAlphabet[(31-sum%31)%31]
}
