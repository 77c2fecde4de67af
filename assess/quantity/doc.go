// Package quantity is the only one that knows numbers with units: exact
// decimals as they were written, UCUM units and their conversion, the limits
// that standards set, the values that reports measure, and the verdict of one
// against the other. It knows the standard library and apd, no clock, no disk
// and no language but the one a unit or limit is printed in.
//
// Rounding and the two ways of holding a value against a limit follow
// GB/T 8170 (数值修约规则与极限数值的表示和判定).
package quantity
