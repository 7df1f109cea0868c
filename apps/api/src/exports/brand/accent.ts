import type { HexColor } from './brand.ts';
import { contrastOf, TEXT_CONTRAST, tint, visibleOnWhite } from './contrast.ts';

/** What is behind text in the portal when it is dark, as lightly as it gets there. */
const DARK: HexColor = '#1F2530';
const STEPS = 100;

/** A brand's colour as text and lines of it can be read on a light and on a dark page; null without one. */
export function accentOf(color: string | null): { light: HexColor; dark: HexColor } | null {
  if (!isHexColor(color)) return null;
  return { light: visibleOnWhite(color, TEXT_CONTRAST + 0.5), dark: visibleOnDark(color) };
}

function visibleOnDark(color: HexColor): HexColor {
  for (let step = 0; step < STEPS; step += 1) {
    const lightened = tint(color, 1 - step / STEPS);
    if (contrastOf(lightened, DARK) >= TEXT_CONTRAST) return lightened;
  }
  return '#FFFFFF';
}

function isHexColor(color: string | null): color is HexColor {
  return color !== null && /^#[\dA-F]{6}$/i.test(color);
}
