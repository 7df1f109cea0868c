import type { HeadlineBlock } from '../deck/deck.ts';
import { columnsOf, GAP, inset } from './geometry.ts';
import type { Box, Part } from './scene.ts';
import { textPart, type Surroundings } from './surroundings.ts';

const BAND_HEIGHT = 1.7;
const POINT_HEIGHT = 2.5;
const RIM = 0.28;
const BAR = 0.07;

/** How high a headline stands. */
export function headlineHeight({ points }: HeadlineBlock): number {
  return BAND_HEIGHT + (points.length > 0 ? GAP + POINT_HEIGHT : 0);
}

/** A sentence on a band in the brand's colour, and below it the points that matter. */
export function layOutHeadline(
  { text, points }: HeadlineBlock,
  box: Box,
  around: Surroundings,
): Part[] {
  const { theme } = around;
  const band = { ...box, h: BAND_HEIGHT };
  const below = { ...box, y: box.y + BAND_HEIGHT + GAP, h: POINT_HEIGHT };
  const boxes = columnsOf(
    below,
    points.map(() => 1),
  );
  return [
    { kind: 'area', box: band, fill: theme.band },
    textPart(text, around, {
      box: inset(band, RIM),
      size: 22,
      bold: false,
      color: theme.onBand,
      valign: 'middle',
      lines: 3,
    }),
    ...points.flatMap((point, index) => layOutPoint(point, boxes[index] ?? below, around)),
  ];
}

function layOutPoint(
  { text, detail, direction, tone }: HeadlineBlock['points'][number],
  box: Box,
  around: Surroundings,
): Part[] {
  const { theme } = around;
  const inner = inset(box, 0.22);
  const arrow = direction === 'none' ? undefined : { direction, color: theme.marks[tone] };
  return [
    { kind: 'area', box, fill: theme.panel },
    { kind: 'area', box: { ...box, h: BAR }, fill: theme.marks[tone] },
    textPart(text, around, {
      box: { ...inner, h: 1.2 },
      size: 20,
      bold: true,
      color: theme.tones[tone],
      lines: 3,
      arrow,
    }),
    textPart(detail, around, {
      box: { ...inner, y: inner.y + 1.3, h: inner.h - 1.3 },
      size: 12,
      bold: false,
      color: theme.muted,
      lines: 3,
    }),
  ];
}
