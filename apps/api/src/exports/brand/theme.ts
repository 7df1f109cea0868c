import type { Brand, HexColor } from './brand.ts';
import { SHAPE_CONTRAST, TEXT_CONTRAST, textOn, tint, visibleOnWhite } from './contrast.ts';

/** The colours of a page. Whatever a brand's own are, text can be read and shapes can be seen. */
export interface Theme {
  readonly font: string;
  /** Text. */
  readonly ink: HexColor;
  readonly muted: HexColor;
  /** Behind everything, behind tiles, and between rows. */
  readonly paper: HexColor;
  readonly panel: HexColor;
  readonly line: HexColor;
  /** The brand's colour as an area, what is written on it, and itself as text on paper. */
  readonly band: HexColor;
  readonly onBand: HexColor;
  readonly brandInk: HexColor;
  /** Series of charts. */
  readonly series: Readonly<Record<'primary' | 'accent' | 'muted', HexColor>>;
  /** Judgement, as an arrow and as text: blue and orange can be told apart by nearly everyone. */
  readonly marks: Readonly<Record<Tone, HexColor>>;
  readonly tones: Readonly<Record<Tone, HexColor>>;
}

type Tone = 'good' | 'bad' | 'neutral';

const NEUTRAL: HexColor = '#57606A';
/** Okabe and Ito's. */
const MARKS: Theme['marks'] = { good: '#0072B2', bad: '#D55E00', neutral: NEUTRAL };

/** The colours of a brand's pages. */
export function themeOf({ primary, accent, font }: Brand): Theme {
  return {
    font,
    ink: '#1B1F24',
    muted: NEUTRAL,
    paper: '#FFFFFF',
    panel: tint(primary, 0.06),
    line: '#D0D7DE',
    band: primary,
    onBand: textOn(primary),
    brandInk: visibleOnWhite(primary, TEXT_CONTRAST),
    series: {
      primary: visibleOnWhite(primary, SHAPE_CONTRAST),
      accent: visibleOnWhite(accent, SHAPE_CONTRAST),
      muted: '#8C959F',
    },
    marks: MARKS,
    tones: {
      good: visibleOnWhite(MARKS.good, TEXT_CONTRAST),
      bad: visibleOnWhite(MARKS.bad, TEXT_CONTRAST),
      neutral: NEUTRAL,
    },
  };
}
