import type { ComparedRow, FigureRow } from '../figures/rows.ts';
import { showCurrent, showPrevious, showRelative, whyUnknown } from '../figures/show-row.ts';
import { showPercent } from '../figures/show.ts';
import type { Change, Direction, Tone } from './deck.ts';

/** What happened to a figure, in a sentence that holds its numbers: "ROI rose 12.4 points to 205.2 %". */
export function figureMessage(row: FigureRow): string {
  const { label, current, previous, trend } = row;
  const value = showCurrent(row);
  if (current === null) return whyUnknown(label, row.reason);
  if (previous === null) return `${label}: ${value}`;
  switch (trend) {
    case 'up':
      return `${label} rose ${byHowMuch(row)}to ${value}`;
    case 'down':
      return `${label} fell ${byHowMuch(row)}to ${value}`;
    case 'stable':
      return `${label} held at ${value}`;
    case 'new':
      return `${label} rose from nothing to ${value}`;
    case 'no_data':
      return `${label}: ${value}`;
  }
}

/** How a figure went: arrow, colour and by how much. */
export function changeOf(row: ComparedRow): Change {
  return { direction: DIRECTIONS[row.trend], tone: toneOf(row.good), text: changeText(row) };
}

/** What a figure was before, or why nothing is known. */
export function beforeText(row: FigureRow): string {
  const { current, previous, previousReason, trend, perDay } = row;
  if (current === null) return figureMessage(row);
  if (previousReason !== null) return 'Not known before';
  if (previous === null) return 'Nothing to compare with';
  const stable = trend === 'stable' ? `${STABLE}; ` : '';
  const share = perDay?.changePercent ?? null;
  const aDay = share === null ? '' : `; ${showPercent(share, 'signed')} a day`;
  return `${stable}${stable === '' ? 'Before' : 'before'}: ${showPrevious(row)}${aDay}`;
}

/** Whether something is welcome. */
function toneOf(good: boolean | null): Tone {
  if (good === null) return 'neutral';
  return good ? 'good' : 'bad';
}

const STABLE = 'Stable';

const DIRECTIONS: Readonly<Record<FigureRow['trend'], Direction>> = {
  up: 'up',
  down: 'down',
  stable: 'flat',
  new: 'up',
  no_data: 'none',
};

function changeText(row: ComparedRow): string {
  if (row.trend === 'no_data') return '';
  if (row.trend === 'new') return 'new';
  return showRelative(row);
}

/** "25 % ", "12.4 points ", or nothing where a share of nothing would have to be told. */
function byHowMuch(row: FigureRow): string {
  const relative = showRelative(row).replace(/^[-+]/u, '');
  return relative === '' ? '' : `${relative} `;
}
