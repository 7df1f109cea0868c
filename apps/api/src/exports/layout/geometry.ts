import type { Box } from './scene.ts';

/** 16:9, as the wide format of presentations has it. */
export const PAGE = { w: 13.333, h: 7.5 } as const;

const MARGIN = 0.6;
const INNER_WIDTH = PAGE.w - 2 * MARGIN;
/** Between blocks, side by side and one below the other. */
export const GAP = 0.25;

/** The places that every slide has. */
export const PLACES = {
  strip: { x: 0, y: 0, w: PAGE.w, h: 0.12 },
  topic: { x: MARGIN, y: 0.36, w: INNER_WIDTH - 2.2, h: 0.28 },
  logo: { x: MARGIN + INNER_WIDTH - 2, y: 0.32, w: 2, h: 0.6 },
  title: { x: MARGIN, y: 0.64, w: INNER_WIDTH - 2.2, h: 1 },
  body: { x: MARGIN, y: 1.7, w: INNER_WIDTH, h: 5.1 },
  /** What is to be said of the drawing of this very page. */
  remark: { x: MARGIN, y: 7.22, w: INNER_WIDTH, h: 0.2 },
  footerLine: { x: MARGIN, y: 6.92, w: INNER_WIDTH, h: 0.01 },
  footer: { x: MARGIN, y: 6.98, w: INNER_WIDTH - 0.8, h: 0.3 },
  number: { x: MARGIN + INNER_WIDTH - 0.7, y: 6.98, w: 0.7, h: 0.3 },
} as const satisfies Readonly<Record<string, Box>>;

/** Boxes side by side, each as wide as its share. */
export function columnsOf(box: Box, shares: readonly number[]): Box[] {
  const sum = shares.reduce((total, share) => total + share, 0);
  const width = box.w - GAP * (shares.length - 1);
  let { x } = box;
  return shares.map((share) => {
    const w = (width * share) / sum;
    const column = { ...box, x, w };
    x += w + GAP;
    return column;
  });
}

/** The box without a rim. */
export function inset({ x, y, w, h }: Box, by: number): Box {
  return { x: x + by, y: y + by, w: w - 2 * by, h: h - 2 * by };
}

/** The largest box of that ratio of width to height inside, at the upper right. */
export function fitted(box: Box, ratio: number): Box {
  const w = Math.min(box.w, box.h * ratio);
  const h = w / ratio;
  return { x: box.x + box.w - w, y: box.y, w, h };
}
