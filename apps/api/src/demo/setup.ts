import type { LocalDate } from '@retainer/domain';
import * as z from 'zod';

import { clientTierAnswer, mintedAnswer, type ClientTierAnswer } from './answers.ts';
import { ZONE } from './calendar.ts';
import { present, type Send } from './rest.ts';
import { CLIENTS } from './story/clients.ts';
import type { ToldDays } from './value/facts.ts';

/** The agency of the demo, and the tokens that speak for it. */
export interface DemoAgency {
  readonly id: string;
  readonly name: string;
  readonly agencyToken: string;
  readonly hostToken: string;
  /** The days whose figures are told. */
  readonly days: ToldDays;
  /** Whether an earlier start had told this week already. */
  readonly wasThere: boolean;
}

const NAME = 'Harbor & Pine';
const anything = z.unknown();

/** What an agency is registered with. */
export interface Registration {
  /** Whose week is told. */
  readonly monday: LocalDate;
  readonly days: ToldDays;
  readonly adminToken: string;
}

/** Registers the agency of the told week, the default tiers, and a client on each. */
export async function registerAgency(
  send: Send,
  { monday, days, adminToken }: Registration,
): Promise<DemoAgency> {
  const id = `harbor-and-pine-${monday}`;
  const path = `/api/agency/${id}`;
  const body = { name: NAME, timeZone: ZONE, currency: 'USD' };
  await send({ method: 'PUT', path, token: adminToken, body }, anything);
  const agencyToken = await mint(send, { path, adminToken, role: 'agency' });
  const hostToken = await mint(send, { path, adminToken, role: 'host' });

  const found = await Promise.all(
    CLIENTS.map((one) => tierOf(send, { token: agencyToken, clientId: one.id })),
  );
  if (found.every((tier) => tier?.tier)) {
    return { id, name: NAME, agencyToken, hostToken, days, wasThere: true };
  }
  const post = { method: 'POST', token: agencyToken } as const;
  await send({ ...post, path: `${path}/service-tiers/default`, body: {} }, anything);
  for (const { id: clientId, name, tier } of CLIENTS) {
    await send(
      { method: 'PUT', path: `${path}/clients/${clientId}`, token: agencyToken, body: { name } },
      anything,
    );
    const assign = `/api/clients/${clientId}/service-tier/assign`;
    await send({ ...post, path: assign, body: { tierId: tier } }, anything);
  }
  return { id, name: NAME, agencyToken, hostToken, days, wasThere: false };
}

/** A client's tier and usage; `undefined` before it is registered. */
export function tierOf(
  send: Send,
  of: { readonly token: string; readonly clientId: string; readonly at?: Date },
): Promise<ClientTierAnswer | undefined> {
  const { token, clientId, at } = of;
  const query = at ? `?at=${at.toISOString()}` : '';
  const path = `/api/clients/${clientId}/service-tier${query}`;
  return send({ method: 'GET', path, token }, clientTierAnswer);
}

async function mint(
  send: Send,
  wish: { readonly path: string; readonly adminToken: string; readonly role: 'agency' | 'host' },
): Promise<string> {
  const { path, adminToken, role } = wish;
  const call = {
    method: 'POST',
    path: `${path}/tokens`,
    token: adminToken,
    body: { role },
  } as const;
  return present(await send(call, mintedAnswer), 'minting a token').token;
}
