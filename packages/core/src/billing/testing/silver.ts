import { START, test as base, type World } from '../../tenancy/testing/world.ts';
import { createDefaultTiers } from '../../tiers/create-default-tiers.ts';
import { assignTierToClient, type AssignTierInput } from '../assign-tier-to-client.ts';
import { clientTierHistory } from '../client-tier-history.ts';

/** When most of these stories happen, and when the period that contains it ends. */
export const NOW = '2026-03-20T12:00:00Z';
export const PERIOD_END = '2026-04-15T00:00:00Z';

/** `test` with a client on Silver since 15 January, billed by the month. */
export const test = base.extend('clientId', async ({ world }) => {
  await createDefaultTiers(world.at(START));
  const clientWorkspaceId = await world.client();
  await assign(world, START, { clientWorkspaceId, tierId: 'silver', startDate: '2026-01-15' });
  return clientWorkspaceId;
});

/** Assigns at an instant. */
export function assign(world: World, iso: string, input: AssignTierInput) {
  return assignTierToClient(world.at(iso), input);
}

/** The client's spans as `tier@version from..to`, with why they end. */
export async function spans(world: World, clientWorkspaceId: string): Promise<string[]> {
  const { assignments } = await clientTierHistory(world.at(NOW), { clientWorkspaceId });
  return assignments.map(({ tier, version, startsAt, endsAt, endedBy }) => {
    const to = endsAt ? `${short(endsAt)} ${endedBy ?? ''}` : '';
    return `${tier.key}@${version} ${short(startsAt)}..${to}`.trim();
  });
}

function short(at: Date): string {
  return at.toISOString().slice(5, 16);
}
