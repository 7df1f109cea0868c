import { assignTierToClient } from '../../billing/assign-tier-to-client.ts';
import { readCounters } from '../../gate/testing/ledger.ts';
import type { Log } from '../../kernel/log.ts';
import { START, test as base, type World } from '../../tenancy/testing/world.ts';
import type { UpsertClientInput } from '../../tenancy/upsert-client.ts';
import { silentLog, type TestDatabase } from '../../testing/index.ts';
import { createDefaultTiers } from '../../tiers/create-default-tiers.ts';
import { RecordMetricsInput } from '../../value/observations/observation-input.ts';
import { recordMetrics } from '../../value/observations/record-metrics.ts';
import { makeDueReports, type ReportsTakenUp, type ReportWork } from '../make-due-reports.ts';
import type { MadeReport, ReportMail, ReportPorts } from '../report-ports.ts';

/** Ports that remember: a file is the report's content as text, and the mail server takes everything unless told. */
export interface Outside {
  readonly ports: ReportPorts & { readonly mail: NonNullable<ReportPorts['mail']> };
  readonly rendered: MadeReport[];
  readonly mailed: ReportMail[];
  /** What the mail server says to each mail; it takes it when this does not throw. */
  onMail: (mail: ReportMail) => Promise<void> | void;
}

/** An agency with the default tiers, and what goes out of it. */
export interface ReportWorld {
  readonly world: World;
  readonly outside: Outside;
  /** A client on a default tier since the start of 2026; answers its id. */
  readonly client: (tier: string, input?: Partial<UpsertClientInput>) => Promise<string>;
  /** Runs a worker at an instant, for this agency alone. */
  readonly work: (iso: string, more?: Partial<ReportWork>) => Promise<ReportsTakenUp>;
  /** How many reports a client's meter has counted in each billing period that has any. */
  readonly counted: (clientId: string) => Promise<Record<string, number>>;
}

/** `test` with such an agency. */
export const test = base.extend('reports', async ({ database, world }): Promise<ReportWorld> => {
  await createDefaultTiers(world.at(START));
  const outside = openOutside();
  return {
    world,
    outside,
    client: async (tierId, input = {}) => {
      const clientWorkspaceId = await world.client(input);
      const startDate = '2026-01-01';
      await assignTierToClient(world.at(START), { clientWorkspaceId, tierId, startDate });
      return clientWorkspaceId;
    },
    work: (iso, more) => makeDueReports({ ...workOf(database, { world, outside, iso }), ...more }),
    counted: async (clientId) => {
      const { agencyId } = world;
      const rows = await readCounters(database.gatePool, { agencyId, clientId });
      const reports = rows.filter(({ meter }) => meter === 'reports');
      return Object.fromEntries(reports.map(({ start, used, held }) => [start, used + held]));
    },
  };
});

/** Work for a worker, at an instant. */
function workOf(
  database: TestDatabase,
  { world, outside, iso }: { world: World; outside: Outside; iso: string },
): ReportWork {
  const log: Log = silentLog;
  const { agencyId } = world;
  return { database, ports: outside.ports, log, now: () => new Date(iso), agencyId };
}

function openOutside(): Outside {
  const outside: Outside = {
    rendered: [],
    mailed: [],
    onMail: () => undefined,
    ports: {
      render: async (_ctx, report) => {
        outside.rendered.push(report);
        const bytes = Buffer.from(JSON.stringify(report.content));
        return { name: `${report.id}.json`, mediaType: 'application/json', bytes };
      },
      mail: async (mail) => {
        await outside.onMail(mail);
        outside.mailed.push(mail);
        return { accepted: mail.recipients, rejected: [] };
      },
    },
  };
  return outside;
}

/** Tells impressions and engagement of an account on a day. */
export async function observe(
  world: World,
  clientWorkspaceId: string,
  of: { platform: string; date: string; values: Record<string, number> },
): Promise<void> {
  const { platform, date, values } = of;
  const observations = Object.entries(values).map(([metric, value]) => ({
    channelId: platform,
    platform,
    metric,
    kind: 'daily',
    value,
    date,
  }));
  const input = RecordMetricsInput.parse({ clientWorkspaceId, observations });
  await recordMetrics(world.at(`${date}T23:00:00Z`), input);
}
