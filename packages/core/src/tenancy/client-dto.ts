import type { Agency } from './agency.entity.ts';
import type { Client } from './client.entity.ts';

/** A client as callers read it. */
export interface ClientDto {
  readonly clientWorkspaceId: string;
  readonly name: string;
  /** Its own, else the agency's; a change of it may still be to come. */
  readonly timeZone: string;
  readonly currency: string;
  readonly revenueConnected: boolean;
  /** Whether reports are made at the cadence of its tier, or only when somebody asks. */
  readonly scheduledReports: boolean;
  /** Who is mailed its reports as they are made. */
  readonly reportRecipients: readonly string[];
  /** Which of the settings are the client's own rather than the agency's. */
  readonly own: { readonly timeZone: string | null; readonly currency: string | null };
  readonly createdAt: Date;
  readonly archivedAt: Date | null;
}

/** A client's row, completed by what it takes over from its agency. */
export function toClientDto(
  client: Client,
  agency: Pick<Agency, 'timeZone' | 'currency'>,
): ClientDto {
  return {
    clientWorkspaceId: client.id,
    name: client.name,
    timeZone: client.timeZone ?? agency.timeZone,
    currency: client.currency ?? agency.currency,
    revenueConnected: client.revenueConnected,
    scheduledReports: client.scheduledReports,
    reportRecipients: client.reportRecipients,
    own: { timeZone: client.timeZone ?? null, currency: client.currency ?? null },
    createdAt: client.createdAt,
    archivedAt: client.archivedAt ?? null,
  };
}
