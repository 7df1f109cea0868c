import type { Fields } from '../../fields.ts';
import type { ListedProcedure } from '../../rest/procedures.ts';
import { inputOf } from '../attempts.ts';
import type { Tenant } from '../real-server.ts';
import { sampleOf, spotsOf } from '../schema-values.ts';

/** Ids that another agency may have, and whether a client has them or its agency. */
const OURS: Readonly<Record<string, 'client' | 'agency'>> = {
  clientWorkspaceId: 'client',
  overrideId: 'client',
  reservationId: 'client',
  conversionId: 'client',
  timeEntryId: 'client',
  costId: 'client',
  reportId: 'client',
  tierId: 'agency',
  keyId: 'agency',
  rateId: 'agency',
  toolCostId: 'agency',
  annotationId: 'agency',
  exportId: 'agency',
};

/** Ids that are the host's own words: within a client of ours they cannot be anybody else's. */
const THE_HOSTS = ['postId', 'mediaId', 'campaignId', 'channelId', 'externalId', 'lastEventId'];

/** What an input says besides ids, so that it is one that is answered. */
function given({ path }: ListedProcedure, times: number): Fields {
  const always = {
    postId: 'post',
    platforms: ['linkedin'],
    publishNow: true,
    amount: 1,
    cpm: 1,
    cpc: 1,
  };
  return { ...always, ...SPECIAL[path]?.(times) };
}

const COSTS_CSV = { csv: 'date,amount\n2026-03-02,1' };

const SPECIAL: Readonly<Record<string, (times: number) => Fields>> = {
  'adSpend.import': () => COSTS_CSV,
  'otherCosts.import': () => COSTS_CSV,
  'conversions.create': () => ({ kind: 'lead', date: '2026-03-02', amount: undefined }),
  'conversions.import': () => ({ csv: 'date,kind\n2026-03-02,lead' }),
  'conversions.update': () => ({ amount: undefined, count: 2 }),
  'exchangeRates.upsert': () => ({ rates: [{ date: '2026-03-10', quote: 'EUR', rate: 1 }] }),
  'hooks.reserve': (times) => ({ key: `asked ${times}` }),
  'hooks.move': () => ({ key: 'held' }),
  'hooks.metrics': () => ({
    observations: [
      {
        postId: 'post',
        platform: 'linkedin',
        metric: 'likes',
        kind: 'lifetime',
        value: 1,
        at: '2026-03-02T11:00:00Z',
      },
    ],
  }),
  'rates.set': () => ({ level: 'client', hourlyRate: 1 }),
  'serviceTiers.create': (times) => ({ name: `Tier ${times}`, pricing: { monthly: 1 } }),
  'timeEntries.create': () => ({ date: '2026-03-02', minutes: 5 }),
  'timeEntries.import': () => ({ csv: 'date,minutes\n2026-03-02,5' }),
  'timeEntries.startTimer': (times) => ({ person: `Person ${times}` }),
};

let times = 0;

/** The least that `procedure` is asked for, about what `tenant` has, with other ids where `other` says so. */
export function inputFor(procedure: ListedProcedure, tenant: Tenant, other: Fields = {}): unknown {
  times += 1;
  const costId = idIn(procedure, tenant, 'costId');
  return sampleOf(inputOf(procedure), { ...given(procedure, times), ...tenant, costId, ...other });
}

/** The id of a tenant's that a procedure means by `name`: the two kinds of cost share one. */
export function idIn({ path }: ListedProcedure, tenant: Tenant, name: keyof Tenant): string {
  const isOther = name === 'costId' && path.startsWith('otherCosts.');
  return isOther ? tenant.otherCostId : tenant[name];
}

/** The ids of a procedure's input that name something which may be somebody else's. */
export function idsOf({ shape }: ListedProcedure, of?: 'client'): (keyof Tenant)[] {
  return (Object.keys(OURS) as (keyof Tenant)[]).filter(
    (name) => name in shape && (of === undefined || OURS[name] === of),
  );
}

/** Ids of an input, however deep, of which nobody has said whose they are. */
export function unclassifiedIds(procedure: ListedProcedure): string[] {
  const names = spotsOf(inputOf(procedure), {}).map(({ path }) => path.at(-1) ?? '');
  const known = ['agencyWorkspaceId', ...Object.keys(OURS), ...THE_HOSTS];
  return names.filter((name) => name.endsWith('Id') && !known.includes(name));
}

/** An id that nobody has and that looks like `id`: as long, of the same form. */
export function unknownLike(id: string): string {
  return /^[\da-f]{8}-/.test(id)
    ? `${id.slice(0, -12)}000000000000`
    : id.replaceAll(/[a-z](?=\w*$)/g, 'q');
}

/** The same tenant, with ids that nobody has. */
export function unknownTenant(tenant: Tenant): Tenant {
  const ids = Object.entries(tenant).map(([name, id]: [string, string]) => [name, unknownLike(id)]);
  return { ...tenant, ...Object.fromEntries(ids) };
}
