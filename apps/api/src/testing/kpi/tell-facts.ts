import { CAMPAIGNS, daysAfter, PLATFORMS, type Teller } from './tell-agency.ts';

/** What the weeks cost and brought, in any order. */
export async function tellFacts(teller: Teller): Promise<void> {
  const { picks, clients } = teller;
  const kinds = [tellTime, tellCost, tellPost, tellConversions, tellTime, tellPost] as const;
  await tellTools(teller);
  await tellPlans(teller);
  for (let count = 0; count < 90; count += 1) {
    const id = clients[picks.int(clients.length)] ?? '';
    // One after another, so that the same seed tells the same.
    // oxlint-disable-next-line no-await-in-loop
    await picks.of(kinds)(teller, id);
  }
}

/** A client goes, and what it had stays. */
export async function tellFarewell({ tell, picks, story, clients, ofAgency }: Teller) {
  const id = clients.at(-1) ?? '';
  if (picks.int(2) === 0) return;
  const at = daysAfter(story.now, -picks.int(40));
  await tell('POST', `${ofAgency}/clients/${encodeURIComponent(id)}/archive`, { at });
}

async function tellTime(teller: Teller, id: string): Promise<void> {
  const { tell, picks, story, ofClient, moment, day } = teller;
  const startedAt = moment();
  const spent = [7, 45, 130, 600, 1700];
  const minutes = spent[picks.int(spent.length)] ?? 7;
  const endedAt = new Date(Date.parse(startedAt) + minutes * 60_000 + 23_000).toISOString();
  const when = picks.int(2) === 0 ? { startedAt, endedAt } : { date: day(), minutes };
  await tell('POST', `${ofClient(id)}/time-entries`, {
    at: story.now,
    body: {
      ...when,
      person: picks.of(['ada', 'bob']),
      ...(picks.int(2) === 0 && { campaignId: picks.of(CAMPAIGNS) }),
      ...(picks.int(6) === 0 && { hourlyRate: { amount: '99.99', currency: 'EUR' } }),
    },
  });
}

async function tellCost({ tell, picks, story, ofClient, day }: Teller, id: string): Promise<void> {
  const [startDate, endDate] = [day(), day()].toSorted();
  // Nobody publishes what a yen is worth.
  const isUnknown = story.seed % 3 === 0 && picks.int(8) === 0;
  const amount = isUnknown
    ? { amount: String(picks.int(9000)), currency: 'JPY' }
    : {
        amount: `${picks.int(900)}.${10 + picks.int(90)}`,
        currency: picks.of(['USD', 'EUR']),
      };
  await tell('POST', `${ofClient(id)}/${picks.of(['ad-spend', 'other-costs'])}`, {
    at: story.now,
    body: {
      name: 'Spent',
      ...(picks.int(2) === 0 ? { date: startDate } : { startDate, endDate }),
      amount,
      ...(picks.int(2) === 0 && { campaignId: picks.of(CAMPAIGNS) }),
    },
  });
}

/** A post comes into being, may be published, measured and deleted. */
async function tellPost(teller: Teller, id: string): Promise<void> {
  const { tell, picks, story, moment } = teller;
  const created = moment();
  const postId = `post ${picks.int(1_000_000)}`;
  const channels = PLATFORMS.slice(0, 1 + picks.int(3)).map((platform) => ({
    id: `${platform} of ${id}`,
    platform,
  }));
  const of = { clientWorkspaceId: id, postId, channels };
  const campaign = picks.int(2) === 0 ? { campaignId: picks.of(CAMPAIGNS) } : {};
  const published = daysAfter(created, picks.int(8) / 2);
  const told = (hook: string, at: string, body: object): Promise<unknown> =>
    tell('POST', `/api/hooks/${hook}`, { at, body: { ...of, ...body } });
  await told('post-created', created, {
    ...campaign,
    observed: true,
    ...(picks.int(5) === 0 ? { status: 'draft' } : { scheduledAt: published }),
  });
  if (picks.int(5) === 0 || published >= story.now) return;
  await told('post-published', published, {});
  if (picks.int(3) > 0) await tellMetrics(teller, { id, postId, published });
  const gone = daysAfter(published, 1);
  if (picks.int(8) === 0 && gone < story.now) await told('post-deleted', gone, {});
}

async function tellMetrics(
  { tell, picks, story }: Teller,
  of: { readonly id: string; readonly postId: string; readonly published: string },
): Promise<void> {
  const { id, postId, published } = of;
  const observations = Array.from({ length: 2 + picks.int(3) }, (_, index) => ({
    postId,
    platform: picks.of(PLATFORMS),
    metric: picks.of(['impressions', 'likes', 'impressions', 'comments']),
    kind: 'lifetime',
    value: picks.int(4000) * (index + 1),
    at: daysAfter(published, 0.3 + index * 2.5),
  })).filter((one) => one.at < story.now);
  if (observations.length === 0) return;
  const body = { clientWorkspaceId: id, observations };
  await tell('POST', '/api/hooks/metrics', { at: story.now, body });
}

async function tellConversions(teller: Teller, id: string): Promise<void> {
  const { tell, picks, story, ofClient, day, moment } = teller;
  const kind = picks.of(['lead', 'conversion', 'revenue', 'revenue']);
  // Only revenue goes below 0: a refund.
  const least = kind === 'revenue' ? 100 : 0;
  const amount = { amount: `${picks.int(2000) - least}.40`, currency: picks.of(['USD', 'EUR']) };
  const isPaid = kind === 'revenue' || (kind === 'conversion' && picks.int(2) === 0);
  await tell('POST', `${ofClient(id)}/conversions`, {
    at: story.now,
    body: {
      kind,
      ...(picks.int(2) === 0 ? { date: day() } : { at: moment() }),
      ...(kind !== 'revenue' && { count: 1 + picks.int(6) }),
      ...(isPaid && { amount, source: 'shop', attributionModel: 'last_click' }),
      ...(picks.int(2) === 0 && { campaignId: picks.of(CAMPAIGNS) }),
    },
  });
}

async function tellTools(teller: Teller): Promise<void> {
  const { tell, picks, story, clients, ofAgency, day } = teller;
  const at = story.now;
  const tools = [
    { name: 'Suite', amount: '249.00', allocation: 'seconds', everyMonths: 1, startDate: day() },
    { name: 'Planner', amount: '100.00', allocation: 'equal', everyMonths: 1, startDate: day() },
    { name: 'Seats', amount: '61.30', allocation: 'active_days', everyMonths: 2, startDate: day() },
    {
      name: 'Own',
      amount: { amount: '33.34', currency: 'EUR' },
      clientWorkspaceId: clients[picks.int(clients.length)],
      startDate: day(),
    },
  ];
  for (const body of tools) {
    // oxlint-disable-next-line no-await-in-loop
    await tell('POST', `${ofAgency}/tool-costs`, { at, body });
  }
}

/** Goals of the agency, and what happened on some days. */
async function tellPlans({ tell, picks, story, clients, ofAgency, day }: Teller): Promise<void> {
  const at = story.now;
  const goals = ['leads', 'posts', 'hours', 'cost', 'revenue', 'roiPercent', 'marginPercent'];
  for (const metric of goals) {
    const month = daysAfter(at, -picks.int(60)).slice(0, 7);
    const value = String(picks.int(400));
    const direction = picks.of(['more', 'less']);
    // oxlint-disable-next-line no-await-in-loop
    await tell('PUT', `${ofAgency}/targets`, { at, body: { metric, month, value, direction } });
  }
  for (const title of ['Opened', 'Moved', 'Was away']) {
    const [startDate, endDate] = [day(), day()].toSorted();
    const clientWorkspaceId = clients[picks.int(2 * clients.length)];
    const body = { title, startDate, endDate, ...(clientWorkspaceId && { clientWorkspaceId }) };
    // oxlint-disable-next-line no-await-in-loop
    await tell('POST', `${ofAgency}/annotations`, { at, body });
  }
}
