import * as z from 'zod';

import { instantOut, moneyOut, pageOf } from '../../schemas.ts';
import { budgetUseOut } from './plan.ts';
import { amountOut, figureOut, unitCostOut } from './value-tracking.ts';

const month = z.string().meta({ description: 'YYYY-MM.' });

const marginShape = {
  fee: amountOut,
  cost: z
    .object({
      time: amountOut,
      tools: amountOut,
      other: amountOut,
      borneByAgency: amountOut,
      adSpendPassedOn: amountOut,
    })
    .meta({
      description:
        '`borneByAgency` is time, tools and other. The client pays for ads beside the fee, so they are in no margin.',
    }),
  margin: amountOut,
  marginPercent: figureOut,
  effectiveHourlyRate: unitCostOut,
  trackedSeconds: z.number(),
} as const;

/** What the agency keeps of each client's fee. */
export const clientMarginsOut = z.object({
  period: z.object({ startDate: z.string(), endDate: z.string() }),
  currency: z.string(),
  totals: z.object({ ...marginShape, unallocatedTools: amountOut }),
  clients: pageOf(z.object({ ...marginShape, clientWorkspaceId: z.string(), name: z.string() })),
  asOf: instantOut,
});

const utilisationShape = {
  billableSeconds: z.number(),
  availableSeconds: z.number().nullable(),
  utilisationPercent: figureOut,
} as const;

/** How much of a month's capacities went into billable work. */
export const utilisationOut = z.object({
  month,
  team: z
    .object({ ...utilisationShape, people: z.number() })
    .meta({ description: 'The sums of those who have a capacity.' }),
  people: pageOf(z.object({ ...utilisationShape, person: z.string(), trackedSeconds: z.number() })),
  asOf: instantOut,
});

/** How far the budgets of a month are used, client by client. */
export const budgetStatesOut = z.object({
  month,
  clients: pageOf(
    z.object({
      clientWorkspaceId: z.string(),
      name: z.string(),
      money: z.object({ amount: moneyOut.nullable(), use: budgetUseOut }),
      hours: z.object({ hours: z.number().nullable(), use: budgetUseOut }),
    }),
  ),
  asOf: instantOut,
});
