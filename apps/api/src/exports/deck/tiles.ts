import type { FigureRow } from '../figures/rows.ts';
import { showCurrent, whyUnknown } from '../figures/show-row.ts';
import type { Tile } from './deck.ts';
import { beforeText, changeOf } from './messages.ts';

/** A figure as a tile. */
export function tileOf(row: FigureRow): Tile {
  return {
    label: row.label,
    value: showCurrent(row),
    change: changeOf(row),
    detail: row.current === null ? shortReason(row) : beforeText(row),
  };
}

/** Why a figure is unknown, without its name, which stands above it. */
function shortReason({ label, reason }: FigureRow): string {
  const [why = ''] = whyUnknown(label, reason).split(': ').slice(-1);
  return `${why.slice(0, 1).toUpperCase()}${why.slice(1)}`;
}
