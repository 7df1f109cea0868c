import type { EntityManager } from '@mikro-orm/postgresql';
import * as z from 'zod';

import { recordAudit } from '../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import type { Agency } from './agency.entity.ts';
import { changeClientCalendar } from './change-client-calendar.ts';
import { startCalendar, type PlannedCalendar } from './client-calendar.ts';
import { toClientDto, type ClientDto } from './client-dto.ts';
import type { Client } from './client.entity.ts';
import { holdAgency } from './find-agency.ts';
import { Currency, Name, Recipients, TimeZone, WorkspaceId } from './input-fields.ts';
import { lockClient } from './lock-client.ts';
import { insertClient } from './tenancy.queries.ts';

export const UpsertClientInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  name: Name,
  /** Left out: as it is. Null: the agency's. */
  timeZone: TimeZone.nullable().optional(),
  currency: Currency.nullable().optional(),
  revenueConnected: z.boolean().optional(),
  /** Makes reports at the cadence of its tier, unless its host or agency makes its own. */
  scheduledReports: z.boolean().optional(),
  /** Who is mailed the client's reports; an empty list is nobody. */
  reportRecipients: Recipients.optional(),
});
export type UpsertClientInput = z.input<typeof UpsertClientInput>;

/** A client after an upsert, and the change of its calendar that is still to come. */
export interface UpsertedClient extends ClientDto {
  readonly timeZoneChange: PlannedCalendar['pending'];
}

/** Registers a client, or changes what is named; an archived one comes back. Its calendar changes with the next week. */
export async function upsertClient(
  ctx: ServiceContext,
  input: UpsertClientInput,
): Promise<UpsertedClient> {
  const wanted = UpsertClientInput.parse(input);
  return inTransaction(ctx, async (em) => {
    const agency = await holdAgency(em, ctx.agencyId);
    const id = wanted.clientWorkspaceId;
    const isNew = await insertClient(em, {
      agencyId: agency.id,
      id,
      name: wanted.name,
      createdAt: ctx.now(),
    });
    const client = await lockClient(em, agency.id, id);
    const before = isNew ? undefined : toClientDto(client, agency);

    apply(client, wanted);
    const calendar = await settleCalendar(em, ctx, { client, agency, isNew });
    const dto = toClientDto(client, agency);
    const action = isNew ? 'client.registered' : 'client.changed';
    recordAudit(em, ctx, { action, subject: `client:${id}`, clientId: id, before, after: dto });
    return { ...dto, timeZoneChange: calendar.pending };
  });
}

function apply(client: Client, wanted: z.output<typeof UpsertClientInput>): void {
  client.name = wanted.name;
  if (wanted.timeZone !== undefined) client.timeZone = wanted.timeZone;
  if (wanted.currency !== undefined) client.currency = wanted.currency;
  if (wanted.revenueConnected !== undefined) client.revenueConnected = wanted.revenueConnected;
  if (wanted.scheduledReports !== undefined) client.scheduledReports = wanted.scheduledReports;
  if (wanted.reportRecipients !== undefined) client.reportRecipients = wanted.reportRecipients;
  if (client.archivedAt) {
    client.archivedAt = null;
    client.touch();
  }
}

async function settleCalendar(
  em: EntityManager,
  ctx: ServiceContext,
  of: { readonly client: Client; readonly agency: Agency; readonly isNew: boolean },
): Promise<PlannedCalendar> {
  const { client, agency } = of;
  const { weekStartsOn } = agency;
  const rules = { timeZone: client.timeZone ?? agency.timeZone, weekStartsOn };
  if (of.isNew) {
    startCalendar(em, client, rules);
    return { changed: false, pending: null };
  }
  return changeClientCalendar(em, ctx, { client, rules });
}
