import type { Change, Tile, TilesBlock } from '../deck/deck.ts';
import { widthOf } from '../type/runs.ts';
import { columnsOf, inset } from './geometry.ts';
import type { Arrow, Box, Part } from './scene.ts';
import { settingOf, textPart, type Surroundings } from './surroundings.ts';

/** How high tiles stand. */
export const TILE_HEIGHT = 1.62;

const RIM = 0.14;
const BAR = 0.05;
const LARGEST_VALUE = 26;
const SMALLEST_VALUE = 8;
/** What may be filled, where an application's own font is a little wider. */
const ALMOST_ALL = 0.95;
const POINTS = 72;

/** Figures side by side, all of a size. */
export function layOutTiles({ tiles }: TilesBlock, box: Box, around: Surroundings): Part[] {
  const boxes = columnsOf(
    { ...box, h: Math.min(box.h, TILE_HEIGHT) },
    tiles.map(() => 1),
  );
  return tiles.flatMap((tile, index) => layOutTile(tile, boxes[index] ?? box, around));
}

function layOutTile(tile: Tile, box: Box, around: Surroundings): Part[] {
  const { theme } = around;
  const inner = inset(box, RIM);
  const line = (y: number, h: number): Box => ({ ...inner, y: box.y + y, h });
  const { label, value, change, detail } = tile;
  return [
    { kind: 'area', box, fill: theme.panel },
    { kind: 'area', box: { ...box, w: BAR }, fill: theme.marks[change.tone] },
    textPart(label, around, { box: line(0.12, 0.24), size: 11, bold: false, color: theme.muted }),
    textPart(value, around, {
      box: line(0.38, 0.5),
      size: valueSize(value, box.w, around),
      bold: true,
      color: theme.ink,
      valign: 'middle',
    }),
    ...changeText(change, { box: line(0.9, 0.26), size: 12, around }),
    textPart(detail, around, {
      box: line(1.16, 0.4),
      size: 9,
      bold: false,
      color: theme.muted,
      lines: 2,
    }),
  ];
}

/** An arrow in the colour of judgement, and by how much; nothing where nothing can be said. */
function changeText(
  change: Change,
  {
    box,
    size,
    around,
  }: { readonly box: Box; readonly size: number; readonly around: Surroundings },
): Part[] {
  if (change.text === '') return [];
  const color = around.theme.tones[change.tone];
  const wish = { box, size, bold: true, color, arrow: arrowOf(change, around) };
  return [textPart(change.text, around, wish)];
}

/** The arrow of a change; none where it went nowhere that is known. */
export function arrowOf({ direction, tone }: Change, { theme }: Surroundings): Arrow | undefined {
  return direction === 'none' ? undefined : { direction, color: theme.marks[tone] };
}

/** Long amounts in narrow tiles are smaller rather than cut. */
function valueSize(value: string, width: number, { typeface }: Surroundings): number {
  const perPoint = widthOf(value, settingOf(typeface, true)) / POINTS;
  const fitting = Math.floor(((width - 2 * RIM) * ALMOST_ALL) / perPoint);
  return Math.max(SMALLEST_VALUE, Math.min(LARGEST_VALUE, fitting));
}
