import * as z from 'zod';

import { instantOut } from '../../schemas.ts';
import { reasonOut, usageOut } from './gate.ts';
import { periodOut } from './period.ts';
import {
  cadenceOut,
  clientReturnOut,
  countedDatesOut,
  outcomesOut,
  reportLevelOut,
  rowsOut,
} from './report.ts';
import { tierNameOut } from './tier.ts';

const tier = z.object({
  key: z.string(),
  name: z.string(),
  description: z.string(),
  support: z.string(),
  reports: z.object({ level: reportLevelOut, cadence: cadenceOut.unwrap() }),
});

const usage = usageOut.extend({
  runsOutAt: instantOut.nullable().meta({
    description:
      'When it will be used up at the present pace; null where it will not, before it starts anew.',
  }),
});

const deniedPost = z.object({
  postId: z.string(),
  scheduledAt: instantOut,
  platforms: z.array(z.string()).readonly(),
  reasons: z.array(reasonOut).readonly(),
  nextFitAt: instantOut.nullable(),
  suggestedTier: tierNameOut.nullable(),
});

const day = z.object({
  date: z.string(),
  posts: z.number(),
  impressions: z.number().nullable(),
  engagement: z.number().nullable(),
  leads: z.number().nullable(),
});

const value = z.object({
  outcomes: outcomesOut,
  timeSaved: z
    .object({ minutes: z.number().nullable() })
    .meta({ description: 'null where nothing was automated.' }),
  clientReturn: clientReturnOut,
  days: z
    .array(day)
    .readonly()
    .meta({ description: 'Days on which anything came about; the others had nothing.' }),
  platforms: rowsOut,
  contentTypes: rowsOut,
  campaigns: rowsOut,
});

const color = z.string().meta({ description: '`#RRGGBB`' });

const brand = z
  .object({
    accent: z.object({ light: color, dark: color }).nullable().meta({
      description: 'Its colour, as it can be read on a light and on a dark page.',
    }),
    logo: z.object({ width: z.number(), height: z.number(), sha256: z.string() }).nullable(),
  })
  .meta({ description: 'The agency’s look, where the tier grants it.' });

/** All that a client sees of itself. */
export const portalSummaryOut = z.object({
  version: z.number().meta({
    description: 'Listen at `portal.live` from this event on, to hear what changed since.',
  }),
  clientWorkspaceId: z.string(),
  name: z.string(),
  agency: z.object({ name: z.string() }),
  timeZone: z.string(),
  currency: z.string(),
  asOf: instantOut,
  tier: tier.nullable(),
  status: z.enum(['trialing', 'active', 'paused', 'past_due', 'canceled']).nullable(),
  startsAt: instantOut.nullable(),
  trialEndsAt: instantOut.nullable(),
  endsAt: instantOut.nullable(),
  billing: z
    .object({
      periodEnd: instantOut,
      scheduledChange: z
        .object({ tier: tierNameOut, version: z.number(), effectiveAt: instantOut })
        .nullable(),
    })
    .nullable(),
  usage: z.array(usage).readonly(),
  deniedPosts: z.array(deniedPost).readonly().meta({
    description: 'The next posts that will not go out as things stand, and why.',
  }),
  period: periodOut,
  comparison: countedDatesOut.nullable(),
  value: value.nullable().meta({ description: 'null while no day of the period is complete.' }),
  reports: z
    .array(
      z.object({
        id: z.uuid(),
        cadence: cadenceOut,
        level: reportLevelOut.nullable(),
        startDate: z.string(),
        endDate: z.string(),
        madeAt: instantOut.nullable(),
      }),
    )
    .readonly()
    .meta({ description: 'The last ones, the latest first.' }),
  brand: brand.nullable(),
});
