import type { LocalDate } from '@retainer/domain';

import { rowOf, takenAndHeldText } from './amounts.ts';
import { alertsAnswer, type AlertAnswer, type ClientTierAnswer } from './answers.ts';
import { dayAndTime, longDay, momentIn } from './calendar.ts';
import { heading, say, table } from './paper.ts';
import { present, type Send } from './rest.ts';
import { tierOf, type DemoAgency } from './setup.ts';
import { CLIENTS } from './story/clients.ts';

interface Standing {
  readonly name: string;
  readonly now: ClientTierAnswer;
  readonly told: ClientTierAnswer;
  readonly alerts: readonly AlertAnswer[];
}

/** Prints what each client has used, and the alerts that were raised on the way. */
export async function reportUsage(
  send: Send,
  { agency, monday }: { readonly agency: DemoAgency; readonly monday: LocalDate },
): Promise<void> {
  const noon = momentIn(monday, 0, '12:00');
  const standings = await Promise.all(
    CLIENTS.map(({ id, name }) => standingOf(send, { token: agency.agencyToken, id, name, noon })),
  );
  heading('What each client has used');
  table([
    ['', ...standings.map(({ name }) => name)],
    ['tier', ...standings.map(({ now }) => tierText(now))],
    [`posts, week of ${longDay(noon)}`, ...cells(standings, 'told', 'posts')],
    ['posts, this week', ...cells(standings, 'now', 'posts')],
    ['AI generations, billing month', ...cells(standings, 'now', 'ai_generations')],
    ['reports, billing month', ...cells(standings, 'now', 'reports')],
    ['storage', ...cells(standings, 'now', 'storage_bytes')],
    ['library items', ...cells(standings, 'now', 'library_items')],
  ]);
  heading('Alerts raised at 80 and 100 per cent');
  for (const { name, alerts } of standings) {
    if (alerts.length > 0) say(`  ${name}: ${alerts.map(alertText).join('; ')}`);
  }
}

async function standingOf(
  send: Send,
  client: {
    readonly token: string;
    readonly id: string;
    readonly name: string;
    readonly noon: Date;
  },
): Promise<Standing> {
  const { token, id, name, noon } = client;
  const path = `/api/clients/${id}/service-tier/alerts`;
  const alerts = await send({ method: 'GET', path, token }, alertsAnswer);
  return {
    name,
    now: present(await tierOf(send, { token, clientId: id }), name),
    told: present(await tierOf(send, { token, clientId: id, at: noon }), name),
    alerts: present(alerts, name).items,
  };
}

function cells(standings: readonly Standing[], when: 'now' | 'told', meter: string): string[] {
  return standings.map((standing) => {
    const row = rowOf(standing[when].usage, meter);
    return row ? takenAndHeldText(row) : 'not in the tier';
  });
}

function tierText({ tier, billing }: ClientTierAnswer): string {
  if (!tier || !billing) return 'none';
  return `${tier.name}, ${billing.price.amount} ${billing.price.currency} a month`;
}

function alertText({ meter, threshold, limit, at }: AlertAnswer): string {
  return `${threshold} % of ${limit} ${meter} on ${dayAndTime(at)}`;
}
