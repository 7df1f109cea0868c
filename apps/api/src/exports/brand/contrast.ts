import type { HexColor } from './brand.ts';

/** What WCAG asks for between text and what is behind it. */
export const TEXT_CONTRAST = 4.5;
/** The same for bars, lines and other shapes that mean something. */
export const SHAPE_CONTRAST = 3;

const WHITE: HexColor = '#FFFFFF';
const BLACK: HexColor = '#000000';
const STEPS = 100;

/** How far two colours are apart, from 1 to 21, by WCAG 2. */
export function contrastOf(one: HexColor, other: HexColor): number {
  const [darker = 0, lighter = 0] = [luminanceOf(one), luminanceOf(other)].toSorted(
    (a, b) => a - b,
  );
  return (lighter + 0.05) / (darker + 0.05);
}

/** White or black, whichever is easier to read on `background`: one of them always has a contrast of 4.5. */
export function textOn(background: HexColor): HexColor {
  return contrastOf(WHITE, background) >= contrastOf(BLACK, background) ? WHITE : BLACK;
}

/** `color`, darkened just as much as it takes to stand out from white by `contrast`. */
export function visibleOnWhite(color: HexColor, contrast: number): HexColor {
  const [red, green, blue] = channelsOf(color);
  for (let step = 0; step < STEPS; step += 1) {
    const share = 1 - step / STEPS;
    const darkened = hexOf([red * share, green * share, blue * share]);
    if (contrastOf(darkened, WHITE) >= contrast) return darkened;
  }
  return BLACK;
}

/** `color` mixed with white: 0 is white, 1 the colour itself. */
export function tint(color: HexColor, share: number): HexColor {
  const [red, green, blue] = channelsOf(color);
  const mixed = (channel: number): number => 255 - (255 - channel) * share;
  return hexOf([mixed(red), mixed(green), mixed(blue)]);
}

type Channels = readonly [red: number, green: number, blue: number];

function channelsOf(color: HexColor): Channels {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function hexOf(channels: Channels): HexColor {
  const digits = channels.map((one) => Math.round(one).toString(16).padStart(2, '0')).join('');
  return `#${digits.toUpperCase()}`;
}

function luminanceOf(color: HexColor): number {
  const [red, green, blue] = channelsOf(color);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}
