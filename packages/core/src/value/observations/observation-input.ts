import { METRIC_KINDS } from '@retainer/domain';
import * as z from 'zod';

import { WorkspaceId } from '../../tenancy/input-fields.ts';

const MOST_AT_ONCE = 10_000;
const MOST = 1e15;
const LONGEST_WINDOW = 3660;

const Value = z.union(
  [z.number().min(-MOST).max(MOST), z.string().regex(/^-?\d{1,15}(?:\.\d{1,9})?$/u)],
  {
    error: 'must be a number or a decimal such as "12.5", with at most 15 digits before the point',
  },
);

/**
 * One value of one metric, of a post or of a channel's account. Thousands come at once and say the same few things
 * again and again: here is only their form, `readObservations` judges each distinct id, name, instant and day once.
 */
const ObservationFields = z.strictObject({
  /** For a metric of one post. */
  postId: z.string().min(1).max(200).optional(),
  /** For a metric of a channel's whole account. */
  channelId: z.string().min(1).max(200).optional(),
  platform: z.string().min(1).max(64),
  /** The host's label; one that we do not know is kept as `other:<label>`. */
  metric: z.string().min(1).max(200),
  kind: z.enum(METRIC_KINDS),
  value: Value,
  at: z
    .union([z.string().max(40), z.date()])
    .meta({ override: { type: 'string', format: 'date-time' } })
    .optional(),
  /** Where only the local day is known: stands at its last millisecond. */
  date: z.string().max(10).optional(),
  /** How many days a total, level or share is of. */
  windowDays: z.int().min(1).max(LONGEST_WINDOW).optional(),
});
export type ObservationFields = z.output<typeof ObservationFields>;

/** What a host observed of one client. */
export const RecordMetricsInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  observations: z.array(ObservationFields).min(1).max(MOST_AT_ONCE),
});
export type RecordMetricsInput = z.output<typeof RecordMetricsInput>;
