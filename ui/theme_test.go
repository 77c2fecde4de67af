package ui

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Every text colour must reach WCAG AA, 4.5:1, on every ground it is set on.
func TestTextColoursHaveContrast(t *testing.T) {
	plain := []fyne.ThemeColorName{theme.ColorNameBackground, ColorCard, theme.ColorNameHeaderBackground}
	pairs := map[fyne.ThemeColorName][]fyne.ThemeColorName{
		theme.ColorNameForeground:          append(plain, theme.ColorNameSelection, theme.ColorNameHover),
		ColorMuted:                         append(plain, theme.ColorNameSelection),
		theme.ColorNamePlaceHolder:         {theme.ColorNameInputBackground},
		ColorHolds:                         {theme.ColorNameBackground, ColorCard, ColorHoldsGround},
		ColorBlocks:                        {theme.ColorNameBackground, ColorCard, ColorBlocksGround},
		ColorNotice:                        {theme.ColorNameBackground, ColorCard, ColorNoticeGround},
		ColorInfo:                          {theme.ColorNameBackground, ColorCard},
		theme.ColorNameForegroundOnPrimary: {theme.ColorNamePrimary},
	}
	th := NewTheme()
	for _, variant := range []fyne.ThemeVariant{theme.VariantLight, theme.VariantDark} {
		for text, grounds := range pairs {
			for _, ground := range grounds {
				if r := contrast(th.Color(text, variant), th.Color(ground, variant)); r < 4.5 {
					t.Errorf("variant %d: %s on %s has contrast %.2f", variant, text, ground, r)
				}
			}
		}
	}
}

func contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	lin := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.03928 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(r) + 0.7152*lin(g) + 0.0722*lin(b)
}
