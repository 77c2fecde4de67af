// Package ui is the window: navigation, tasks, theme and one screen per file.
// It is the only package, with cmd/mingpin, that knows Fyne.
package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"mingpin/assets"
)

// The colour names of our own, beside Fyne's. A state always has a shape and a
// word too; colour is never its only carrier.
const (
	ColorHolds        fyne.ThemeColorName = "state.holds"
	ColorHoldsGround  fyne.ThemeColorName = "state.holds.ground"
	ColorBlocks       fyne.ThemeColorName = "state.blocks"
	ColorBlocksGround fyne.ThemeColorName = "state.blocks.ground"
	ColorNotice       fyne.ThemeColorName = "state.notice"
	ColorNoticeGround fyne.ThemeColorName = "state.notice.ground"
	ColorInfo         fyne.ThemeColorName = "state.info"
	ColorMuted        fyne.ThemeColorName = "text.muted"
	ColorCard         fyne.ThemeColorName = "card"
	ColorLine         fyne.ThemeColorName = "line"
)

// A Theme is quiet paper and ink with one vermilion accent, as of a seal, set
// in Noto Sans SC. It wraps the toolkit's theme for everything it does not
// name.
type Theme struct{ fyne.Theme }

// NewTheme is the theme of the program.
func NewTheme() *Theme { return &Theme{theme.DefaultTheme()} }

type shades struct{ light, dark uint32 } // 0xRRGGBB

var palette = map[fyne.ThemeColorName]shades{
	theme.ColorNameBackground:          {0xFBFAF7, 0x17191C},
	theme.ColorNameForeground:          {0x1F2328, 0xE9E6DF},
	theme.ColorNamePrimary:             {0xB7342B, 0xE8796F},
	theme.ColorNameForegroundOnPrimary: {0xFFFFFF, 0x1B0F0E},
	theme.ColorNameInputBackground:     {0xFFFFFF, 0x1F2226},
	theme.ColorNameInputBorder:         {0xE3E0D8, 0x3A3F45},
	theme.ColorNameHeaderBackground:    {0xF3EFE6, 0x23262B},
	theme.ColorNameSelection:           {0xF3EFE6, 0x33302B},
	theme.ColorNameHover:               {0xF3EFE6, 0x2A2D32},
	theme.ColorNameSeparator:           {0xE3E0D8, 0x34383E},
	theme.ColorNameDisabled:            {0x6B727A, 0x9BA1A8},
	theme.ColorNamePlaceHolder:         {0x5D646D, 0xA4AAB1},
	theme.ColorNameError:               {0xB7342B, 0xF08A80},
	theme.ColorNameSuccess:             {0x2A774A, 0x74C395},
	theme.ColorNameWarning:             {0x8A5D00, 0xE0B25A},
	ColorHolds:                         {0x2A774A, 0x74C395},
	ColorHoldsGround:                   {0xEAF4EE, 0x1B2B22},
	ColorBlocks:                        {0xB7342B, 0xF08A80},
	ColorBlocksGround:                  {0xFBEDEB, 0x35201E},
	ColorNotice:                        {0x8A5D00, 0xE0B25A},
	ColorNoticeGround:                  {0xFBF3E0, 0x322A19},
	ColorInfo:                          {0x2F5D8C, 0x8DB8E3},
	ColorMuted:                         {0x5D646D, 0xA4AAB1},
	ColorCard:                          {0xFFFFFF, 0x1F2226},
	ColorLine:                          {0xE3E0D8, 0x34383E},
}

// Color is the colour of a role in the light or dark variant.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	s, ok := palette[name]
	if !ok {
		return t.Theme.Color(name, variant)
	}
	if variant == theme.VariantDark {
		return rgb(s.dark)
	}
	return rgb(s.light)
}

// Font is Noto Sans SC for text; symbols stay the toolkit's.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Symbol:
		return t.Theme.Font(style)
	case style.Bold:
		return bold
	}
	return regular
}

var (
	regular = fyne.NewStaticResource("NotoSansSC-Regular.ttf", assets.Regular())
	bold    = fyne.NewStaticResource("NotoSansSC-Bold.ttf", assets.Bold())
)

func rgb(v uint32) color.Color {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xff}
}
