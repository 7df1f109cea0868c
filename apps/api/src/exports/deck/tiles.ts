import type { FigureRow } from '../figures/rows.ts';
import { showCurrent } from '../figures/show-row.ts';
import type { Tile } from './deck.ts';
import { beforeText, changeOf } from './messages.ts';

/** A figure as a tile. */
export function tileOf(row: FigureRow): Tile {
  return {
    label: row.label,
    value: showCurrent(row),
    change: changeOf(row),
    detail: beforeText(row),
  };
}
