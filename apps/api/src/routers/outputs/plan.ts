import * as z from 'zod';

import { instantOut, moneyOut, pageOf } from '../../schemas.ts';
import { figureOut, missingReason } from './value-tracking.ts';

const month = z.string().meta({ description: 'YYYY-MM.' });

/** A client's budget of a month. */
export const budgetOut = z.object({
  clientWorkspaceId: z.string(),
  month,
  kind: z.enum(['hours', 'money']),
  amount: moneyOut.nullable(),
  hours: z.number().nullable(),
  changedAt: instantOut,
});

/** How far a budget is used. */
export const budgetUseOut = z
  .object({
    state: z.enum(['no_budget', 'ok', 'warning', 'reached', 'over']).nullable(),
    ratio: figureOut,
    spent: figureOut,
    remaining: figureOut,
    projected: figureOut,
  })
  .meta({
    description:
      'In the budget’s own unit: major units of its currency, or hours. `spent` is up to today, `projected` at the pace of the complete days.',
  });

/** A budget, and how far it is used. */
export const judgedBudgetOut = budgetOut.extend({ use: budgetUseOut });

/** What a figure should come to in a month. */
export const targetOut = z.object({
  clientWorkspaceId: z.string().nullable().meta({ description: 'null: the whole agency’s.' }),
  metric: z.string(),
  month,
  value: z.string().meta({ description: 'An exact decimal in the metric’s own unit.' }),
  direction: z.enum(['more', 'less']).meta({ description: 'Which side of it is good.' }),
  changedAt: instantOut,
});

/** Where a target stands. */
export const goalOut = z.object({
  clientWorkspaceId: z.string().nullable().meta({ description: 'null: the whole agency’s.' }),
  metric: z.string(),
  month,
  direction: z.enum(['more', 'less']),
  days: z.number(),
  elapsedDays: z.number(),
  target: z.string().meta({ description: 'In the metric’s own unit, as are `due` and `actual`.' }),
  due: z
    .string()
    .nullable()
    .meta({ description: 'Of a sum the part for the days that are over; of a ratio all of it.' }),
  actual: z.string().nullable().meta({ description: 'Of the days that are over.' }),
  reason: missingReason.nullable(),
  ratio: figureOut.meta({ description: 'Actual over target.' }),
  paceRatio: figureOut.meta({ description: 'Actual over what is due.' }),
  state: z.enum(['ahead', 'on_track', 'behind', 'reached', 'missed']).nullable(),
});

/** Where the targets of a month stand. */
export const targetStatesOut = z.object({ month, goals: pageOf(goalOut), asOf: instantOut });

/** How many hours a person has for work in a month. */
export const capacityOut = z.object({
  person: z.string(),
  month,
  hours: z.number(),
  changedAt: instantOut,
});
