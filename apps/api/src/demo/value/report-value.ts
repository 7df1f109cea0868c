import { formatNumber } from '@retainer/domain';
import * as z from 'zod';

import { heading, say, table } from '../paper.ts';
import { present, type Send } from '../rest.ts';
import type { DemoAgency } from '../setup.ts';
import { CLIENTS } from '../story/clients.ts';

const amount = z.object({ amount: z.string().nullable(), currency: z.string() });
const percent = z.object({ value: z.string().nullable() });
const unitCost = z.object({ value: amount.nullable() });
const row = z.object({
  cost: z.object({
    timeSpentMinutes: z.number(),
    time: amount,
    tools: amount,
    adSpend: amount,
    total: amount,
  }),
  value: z.object({
    impressions: z.number().nullable(),
    leads: z.number().nullable(),
    total: amount,
  }),
  efficiency: z.object({
    roiPercent: percent,
    costPerLead: unitCost,
    engagementRatePercent: percent,
  }),
  timeSaved: z.object({ minutes: z.number() }),
});
const keyed = row.extend({ label: z.string() });
const clientAnswer = z.object({
  current: row.extend({ breakdowns: z.object({ platform: z.array(keyed) }) }),
});
const agencyAnswer = z.object({ totals: row });
type Row = z.output<typeof row>;

/** Prints what each client cost and brought, and where. */
export async function reportValue(send: Send, agency: DemoAgency): Promise<void> {
  const { days } = agency;
  const token = agency.agencyToken;
  const query = `startDate=${days.startDate}&endDate=${days.endDate}`;
  const clients = await Promise.all(
    CLIENTS.map(async ({ id, name }) => {
      const path = `/api/clients/${id}/value-tracking?${query}`;
      const { current } = present(await send({ method: 'GET', path, token }, clientAnswer), name);
      return { name, current };
    }),
  );
  const path = `/api/agency/${agency.id}/value-tracking?${query}`;
  const { totals } = present(await send({ method: 'GET', path, token }, agencyAnswer), agency.name);

  heading(`What each client cost and brought, ${days.startDate} to ${days.endDate}`);
  const columns = [...clients.map(({ current }) => current), totals];
  const line = (label: string, of: (figures: Row) => string): string[] => [
    label,
    ...columns.map(of),
  ];
  table([
    ['', ...clients.map(({ name }) => name), 'the agency'],
    line('hours', ({ cost }) => (cost.timeSpentMinutes / 60).toFixed(1)),
    line('time', ({ cost }) => moneyText(cost.time)),
    line('tools', ({ cost }) => moneyText(cost.tools)),
    line('ads', ({ cost }) => moneyText(cost.adSpend)),
    line('cost', ({ cost }) => moneyText(cost.total)),
    line('impressions', ({ value }) => countText(value.impressions)),
    line('leads', ({ value }) => countText(value.leads)),
    line('value', ({ value }) => moneyText(value.total)),
    line('ROI', ({ efficiency }) => percentText(efficiency.roiPercent.value)),
    line('cost per lead', ({ efficiency }) => moneyText(efficiency.costPerLead.value)),
    line('engagement rate', ({ efficiency }) =>
      percentText(efficiency.engagementRatePercent.value),
    ),
    line('hours saved', ({ timeSaved }) => (timeSaved.minutes / 60).toFixed(1)),
  ]);
  for (const { name, current } of clients) {
    heading(`${name}, by platform`);
    table([
      ['', 'cost', 'impressions', 'engagement rate'],
      ...current.breakdowns.platform.map((one) => [
        one.label,
        moneyText(one.cost.total),
        countText(one.value.impressions),
        percentText(one.efficiency.engagementRatePercent.value),
      ]),
    ]);
  }
  say('\nThe rows of each breakdown sum to the client’s total, to the cent.');
}

const LOCALE = 'en-US';

function moneyText(money: z.output<typeof amount> | null): string {
  if (money === null || money.amount === null) return '—';
  return formatNumber(Number(money.amount), {
    locale: LOCALE,
    options: { style: 'currency', currency: money.currency },
  });
}

function percentText(value: string | null): string {
  return value === null
    ? '—'
    : `${formatNumber(Number(value), { locale: LOCALE, options: { maximumFractionDigits: 1 } })} %`;
}

function countText(count: number | null): string {
  return count === null ? '—' : formatNumber(count, { locale: LOCALE, options: {} });
}
