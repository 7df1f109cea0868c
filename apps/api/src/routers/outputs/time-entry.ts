import * as z from 'zod';

import { instantOut, moneyOut } from '../../schemas.ts';
import { rateLevelOut } from './rate.ts';

const costOut = {
  cost: moneyOut.nullable().meta({
    description:
      'Rounded once for the whole entry: six entries of one minute at 100.00 an hour cost 10.02.',
  }),
  reason: z
    .enum(['missing_rate', 'mixed_currency'])
    .nullable()
    .meta({ description: 'Why there is no cost in one amount.' }),
} as const;

const priceOut = {
  rate: moneyOut.nullable().meta({
    description: 'Of an hour; null where none is found, or not the same on all days.',
  }),
  rateLevel: z.enum(['entry', ...rateLevelOut.options]).nullable(),
} as const;

const lengthOut = {
  seconds: z.number(),
  minutes: z.number().meta({ description: 'The seconds with two decimals, for reading.' }),
} as const;

/** A time entry with what it costs. */
export const timeEntryOut = z.object({
  id: z.string(),
  clientWorkspaceId: z.string(),
  campaignId: z.string().nullable(),
  person: z.string(),
  role: z.string().nullable(),
  activity: z.string(),
  note: z.string(),
  startedAt: instantOut.nullable(),
  endedAt: instantOut.nullable().meta({ description: 'Null beside a start: the timer runs.' }),
  date: z.string().nullable().meta({ description: 'The local day, where no instants are known.' }),
  ...lengthOut,
  billable: z.boolean(),
  billableSeconds: z
    .number()
    .meta({ description: 'After the agency’s rounding of time; 0 of what is not billable.' }),
  hourlyRate: moneyOut.nullable().meta({ description: 'The rate that the entry brings itself.' }),
  ...priceOut,
  ...costOut,
  days: z
    .array(
      z.object({
        date: z.string(),
        seconds: z.number(),
        billableSeconds: z.number(),
        ...priceOut,
        ...costOut,
      }),
    )
    .readonly()
    .meta({ description: 'The client’s local days that the time belongs to.' }),
  live: z
    .object({ ...lengthOut, ...costOut })
    .nullable()
    .meta({ description: 'What a running timer has come to so far; it is in no total.' }),
  source: z.enum(['manual', 'timer', 'estimated', 'import']),
  platform: z.string().nullable(),
  contentType: z.string().nullable(),
  postId: z.string().nullable(),
  idempotencyKey: z.string().nullable(),
  createdAt: instantOut,
  editedAt: instantOut.nullable(),
});

/** An entry that was sent or stopped, now or before. */
export const toldTimeEntryOut = timeEntryOut.extend({
  replayed: z.boolean().meta({ description: 'It was so before: nothing changed.' }),
});

/** An entry that is gone. */
export const deletedTimeEntryOut = z.object({
  id: z.string(),
  clientWorkspaceId: z.string(),
  deletedAt: instantOut,
});
