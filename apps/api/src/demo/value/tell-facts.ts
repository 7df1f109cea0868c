import { addDays, daysBetween } from '@retainer/domain';
import * as z from 'zod';

import { say } from '../paper.ts';
import { present, type RestCall, type Send } from '../rest.ts';
import type { DemoAgency } from '../setup.ts';
import {
  adSpend,
  CLIENT_DAYS,
  conversions,
  observations,
  timesheet,
  type ClientDays,
  type ToldDays,
} from './facts.ts';

const anything = z.unknown();
const imported = z.object({
  accepted: z.number(),
  replayed: z.number(),
  refused: z.array(
    z.object({ line: z.number(), field: z.string().optional(), message: z.string() }),
  ),
});
const kept = z.object({ added: z.number(), unchanged: z.number() });

/** Tells what the weeks cost and brought: rates, tools, hours, ads, metrics, leads and sales. Told again it changes nothing. */
export async function tellFacts(send: Send, agency: DemoAgency): Promise<void> {
  const { days } = agency;
  await tellAgency(send, agency, days);
  for (const client of CLIENT_DAYS) {
    // One client after another, so that the lines come in order.
    // oxlint-disable-next-line no-await-in-loop
    await tellClient(send, agency, { client, days });
  }
}

async function tellAgency(send: Send, agency: DemoAgency, days: ToldDays): Promise<void> {
  const path = `/api/agency/${agency.id}`;
  const tell = (call: Pick<RestCall, 'method' | 'path' | 'body'>): Promise<unknown> =>
    send({ ...call, path: `${path}/${call.path}`, token: agency.agencyToken }, anything);
  const { startDate, endDate } = days;
  const weeks = Math.ceil(daysBetween(startDate, endDate) / 7);
  await tell({
    method: 'PUT',
    path: 'rates',
    body: { level: 'agency', fromDate: null, hourlyRate: '42.00' },
  });
  await tell({
    method: 'PUT',
    path: 'rates',
    body: { level: 'person', person: 'aiko', fromDate: startDate, hourlyRate: '68.00' },
  });
  await tell({
    method: 'PUT',
    path: 'time-saved-baselines',
    body: { fromDate: startDate, baselineMinutes: 24, actualMinutes: 6 },
  });
  await tell({
    method: 'PUT',
    path: 'exchange-rates',
    body: {
      base: 'EUR',
      rates: Array.from({ length: weeks }, (_, week) => ({
        date: addDays(startDate, week * 7),
        quote: 'USD',
        rate: '1.1603',
      })),
    },
  });
  await tell({
    method: 'POST',
    path: 'tool-costs',
    body: {
      name: 'Design suite',
      amount: '249.00',
      allocation: 'seconds',
      startDate,
      everyMonths: 1,
      idempotencyKey: 'design-suite',
    },
  });
}

async function tellClient(
  send: Send,
  agency: DemoAgency,
  { client, days }: { readonly client: ClientDays; readonly days: ToldDays },
): Promise<void> {
  const { clientId, campaign } = client;
  const token = agency.agencyToken;
  const path = `/api/clients/${clientId}`;
  const post = (rest: string, body: object): RestCall => ({
    method: 'POST',
    path: `${path}/${rest}`,
    token,
    body,
  });
  await send(
    {
      method: 'PUT',
      path: `${path}/campaigns/${campaign.id}`,
      token,
      body: { name: campaign.name },
    },
    anything,
  );
  const csv = timesheet(client, days);
  const hours = present(await send(post('time-entries/import', { csv }), imported), clientId);
  await send(post('ad-spend/bulk', { costs: adSpend(client, days) }), anything);
  await send(post('conversions/bulk', { conversions: conversions(client, days) }), anything);
  const metrics = await send(
    {
      method: 'POST',
      path: '/api/hooks/metrics',
      token: agency.hostToken,
      body: { clientWorkspaceId: clientId, observations: observations(client, days) },
    },
    kept,
  );
  const { added, unchanged } = present(metrics, clientId);
  say(
    `  ${clientId.padEnd(16)} ${hours.accepted} time entries from CSV (${hours.replayed} known, ` +
      `${hours.refused.length} refused), ${added} observations (${unchanged} known), leads, sales and ad spend`,
  );
  for (const { line, field = '', message } of hours.refused) {
    say(`                   └ line ${line} of its CSV file was not taken: ${field} ${message}`);
  }
}
