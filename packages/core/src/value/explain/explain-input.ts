import { canonicalPlatform } from '@retainer/domain';
import * as z from 'zod';

import type { DateRange, Dimension } from '../../rollups/sums.ts';
import {
  cursorAfter,
  cursorValue,
  invalidField,
  LocalDay,
  PageInput,
  WorkspaceId,
} from '../../tenancy/input-fields.ts';
import { UNATTRIBUTED_KEY } from '../tracking/tracking-dto.ts';
import type { FactPlace, FactRow } from './explain.queries.ts';
import type { RowColumn } from './fact-rows.queries.ts';
import { FIGURE_NAMES } from './figure-names.ts';

const OneLine = z
  .string()
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not contain control characters');

/** Major units; text alone, for it stands in an address. */
const Amount = z.string().min(1).max(32);

export const ExplainFigureInput = PageInput.extend({
  clientWorkspaceId: WorkspaceId,
  startDate: LocalDay,
  endDate: LocalDay,
  /** The place of the figure in an answer, such as `cost.total`. */
  figure: z.enum(FIGURE_NAMES),
  /** The row of a breakdown; at most one of these four. Empty or `unattributed` is what names none. */
  platform: OneLine.optional(),
  contentType: OneLine.optional(),
  campaignId: OneLine.optional(),
  date: LocalDay.optional(),
  /** What the calculation assumed, where it was not what the agency does: in the client's currency. */
  hourlyRate: Amount.optional(),
  conversionValue: Amount.optional(),
  leadValue: Amount.optional(),
});
export type ExplainFigureInput = z.input<typeof ExplainFigureInput>;

/** A row of a breakdown: its key there, and what its facts have in common. */
export interface RowAsked {
  readonly dimension: Dimension;
  readonly key: string;
  /** Undefined for a day: then the facts are those of the day. */
  readonly column: RowColumn | undefined;
}

const ROWS = {
  platform: { dimension: 'platform', column: 'platform' },
  contentType: { dimension: 'contentType', column: 'content_type' },
  campaignId: { dimension: 'campaign', column: 'campaign_id' },
  date: { dimension: 'day', column: undefined },
} as const satisfies Record<string, Omit<RowAsked, 'key'>>;
const ROW_FIELDS = ['platform', 'contentType', 'campaignId', 'date'] as const;

/** The row that is asked for, if any; refuses two at once, and a day outside the period. */
export function rowAsked(
  wanted: Readonly<Partial<Record<(typeof ROW_FIELDS)[number], string | undefined>>>,
  { startDate, endDate }: DateRange,
): RowAsked | undefined {
  const [field, other] = ROW_FIELDS.filter((name) => wanted[name] !== undefined);
  if (field === undefined) return undefined;
  if (other !== undefined) throw invalidField(other, `cannot stand beside ${field}: name one row`);
  const told = wanted[field] ?? '';
  if (field === 'date' && (told < startDate || told > endDate)) {
    throw invalidField('date', `must lie between startDate and endDate`);
  }
  if (told === UNATTRIBUTED_KEY) return { ...ROWS[field], key: '' };
  const key = field === 'platform' ? canonicalPlatform(told) : told;
  return { ...ROWS[field], key };
}

/** The cursor that stands at a fact. */
export function factCursor({ date, kind, ref, origin, platform }: FactRow): string {
  return JSON.stringify([date, kind, ref, origin, platform ?? '']);
}

const Place = z.tuple([LocalDay, OneLine, OneLine, LocalDay, OneLine]);

/** The fact behind which a page begins. */
export function readFactCursor(cursor: string | undefined): FactPlace | undefined {
  if (cursor === undefined) return undefined;
  const place = Place.safeParse(parsed(cursorValue(cursor)));
  if (!place.success || cursorAfter(JSON.stringify(place.data)) !== cursor) {
    throw invalidField('cursor', 'is not a cursor of ours');
  }
  const [date, kind, ref, origin, platform] = place.data;
  return { date, kind, ref, origin, platform };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
