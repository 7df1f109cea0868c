/** A colour as `#RRGGBB`. */
export type HexColor = `#${string}`;

/** What a document looks like, and whose it is. */
export interface Brand {
  /** Who shows it, in the footer and where there is no logo. */
  readonly name: string;
  readonly logo: Logo | undefined;
  /** Titles, bands and the first series of charts. */
  readonly primary: HexColor;
  /** The second series, and what stands out. */
  readonly accent: HexColor;
  readonly font: string;
}

/** A picture that renderers can embed as it is. */
export interface Logo {
  readonly type: 'image/png' | 'image/jpeg';
  readonly bytes: Uint8Array;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** How documents look that carry nobody's brand. */
export const NEUTRAL_LOOK: Omit<Brand, 'name'> = {
  logo: undefined,
  primary: '#1F3A5F',
  accent: '#6B7A8F',
  font: 'Noto Sans',
};

/** Whether a text is a colour as brands hold them. */
export function isHexColor(text: string | null): text is HexColor {
  return text !== null && /^#[0-9A-F]{6}$/u.test(text);
}
