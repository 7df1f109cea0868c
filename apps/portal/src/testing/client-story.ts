/** When everything happens in the story. */
export const STORY_NOW = '2026-09-17T10:20:00Z';

/** What the story needs of a service: to send to it, as the operator and as somebody of an agency. */
export interface StoryService {
  readonly send: (
    request: StoryRequest,
  ) => Promise<{ readonly status: number; readonly body: string }>;
  readonly admin: Headers;
  readonly headersOf: (actor: StoryActor) => Promise<Headers>;
}

/** One request. */
export interface StoryRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: object | undefined;
  readonly headers: Headers;
}

type Headers = Readonly<Record<string, string>>;
type StoryActor =
  | { readonly role: 'agency'; readonly agencyId: string }
  | { readonly role: 'client'; readonly agencyId: string; readonly clientId: string };

/** A client that an agency has worked for since July. */
export interface ClientStory {
  readonly agencyId: string;
  readonly clientId: string;
  /** Sends to the API as the agency; rejects what is refused. */
  readonly send: (method: 'GET' | 'POST' | 'PUT', path: string, body?: object) => Promise<unknown>;
  /** A token for its portal. */
  readonly token: () => Promise<string>;
}

const PLATFORMS = { instagram: 1900, facebook: 1200, tiktok: 2600, linkedin: 420 } as const;
const TYPES = ['reel', 'carousel', 'photo'] as const;
const DAY_MS = 86_400_000;
const FIRST = '2026-08-01';
/** A pine over a wave, 96 by 96. */
const LOGO =
  'iVBORw0KGgoAAAANSUhEUgAAAGAAAABgCAMAAADVRocKAAAACVBMVEUAAAAPa1z///8dsotBAAAAA3RSTlMA//9EUNYhAAABF0lEQVR42u3aWRLDIAwDUFn3P3QvEMCbWkLhs5PqhZlAFht4GJYcWA9rGOL4CWGNQxz/RJhpBTOtYKYVzMSCGjATC2rATCyogeBfGBY2A0i+GyCDQhAgo0JmAsEpJPJjU8jkR4SdADIjIJfvF/YByJywDUAmBaTzncImAJkWUMh3CVsAZEFAKd8h/M9WcVfy4Sv57QuNLAm/B8iagGr+SkA5fyGgnj8X0JA/Fe5WcbeKu5JPX8lkg4CW/ImAnvyxgJ74MSH95niBzYHItT47CPWb8PwQFG9hy3OAb74M/Lr6cOo+V99WNAK6Ho8GQN/brLgAcgjw/irUAZXAA6qx+oK1vuSubxrQtz3oGze+0HryheYZRfvPB0ZeKEYPeRRuAAAAAElFTkSuQmCC';

/** Tells of a hotel that is on Gold, posts on four platforms, and sells rooms. */
export async function tellHotel(api: StoryService, agencyId: string): Promise<ClientStory> {
  const clientId = 'lakeside-hotel';
  const send = await senderOf(api, agencyId);
  const ofAgency = `/api/agency/${agencyId}`;
  await send('PUT', ofAgency, {
    name: 'Harbor & Pine',
    timeZone: 'Europe/Zurich',
    currency: 'USD',
    leadValue: '45.00',
  });
  await send('POST', `${ofAgency}/service-tiers/default`);
  await send('PUT', `${ofAgency}/brand`, { primaryColor: '#0F6B5C', logo: LOGO });
  await send('PUT', `${ofAgency}/rates`, {
    level: 'agency',
    fromDate: null,
    hourlyRate: '77.00',
  });
  await send('PUT', `${ofAgency}/time-saved-baselines`, {
    fromDate: '2026-07-01',
    baselineMinutes: 55,
    actualMinutes: 4,
  });
  await send('PUT', `${ofAgency}/clients/${clientId}`, {
    name: 'Lakeside Hotel',
    revenueConnected: true,
  });
  const ofClient = `/api/clients/${clientId}`;
  await send('POST', `${ofClient}/service-tier/assign`, {
    tierId: 'gold',
    startDate: '2026-07-01',
  });
  await tellWork(send, clientId);
  await send('POST', `${ofClient}/reports`, { startDate: '2026-08-01', endDate: '2026-08-31' });
  await send('POST', `${ofClient}/reports`, { startDate: '2026-09-07', endDate: '2026-09-13' });
  const token = async (): Promise<string> => {
    const headers = await api.headersOf({ role: 'client', agencyId, clientId });
    return headers['authorization']?.replace('Bearer ', '') ?? '';
  };
  return { agencyId, clientId, send, token };
}

/** Sends as the agency, which is registered at the first word. */
async function senderOf(api: StoryService, agencyId: string): Promise<ClientStory['send']> {
  const own = await api.headersOf({ role: 'agency', agencyId });
  const payload = { name: agencyId, timeZone: 'UTC', currency: 'USD' };
  const path = `/api/agency/${agencyId}`;
  await api.send({ method: 'PUT', path, body: payload, headers: api.admin });
  return async (method, url, body) => {
    const headers = { ...own, 'x-test-clock': STORY_NOW };
    const answer = await api.send({ method, path: url, headers, body });
    if (answer.status === 200) return JSON.parse(answer.body);
    throw new Error(`${method} ${url}: ${answer.status} ${answer.body}`);
  };
}

async function tellWork(send: ClientStory['send'], clientId: string): Promise<void> {
  const ofClient = `/api/clients/${clientId}`;
  await send('PUT', `${ofClient}/campaigns/weekends`, { name: 'Off-season weekends' });
  await send('PUT', `${ofClient}/campaigns/weddings`, { name: 'Lake weddings' });
  await send('POST', `${ofClient}/ad-spend`, {
    startDate: FIRST,
    endDate: '2026-09-16',
    amount: '1450.00',
    platform: 'instagram',
    campaignId: 'weekends',
  });
  const dates = datesFrom(FIRST, '2026-09-17');
  await send('POST', '/api/hooks/events', { events: dates.flatMap(postsOn(clientId)) });
  await send('POST', '/api/hooks/metrics', {
    clientWorkspaceId: clientId,
    observations: dates.slice(0, -1).flatMap(observationsOn(clientId)),
  });
  await send('POST', `${ofClient}/conversions/bulk`, {
    conversions: dates.slice(0, -1).flatMap(salesOn),
  });
  for (const [meter, quantity] of [
    ['ai_generations', 134],
    ['storage_bytes', 31_400_000_000],
    ['library_items', 212],
  ] as const) {
    const usage = { meter, quantity, idempotencyKey: meter };
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await send('PUT', `${ofClient}/service-tier/usage`, usage);
  }
  for (const [day, hour] of [
    [17, 16],
    [18, 9],
    [18, 16],
    [19, 10],
  ]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await send('POST', '/api/hooks/post-created', {
      clientWorkspaceId: clientId,
      postId: `coming ${day} ${hour}`,
      scheduledAt: `2026-09-${day}T${String(hour).padStart(2, '0')}:00:00Z`,
      channels: [{ id: `${clientId} instagram`, platform: 'instagram' }],
    });
  }
}

function postsOn(clientWorkspaceId: string) {
  return (date: string, index: number): object[] => {
    const platforms = Object.keys(PLATFORMS).filter((_, place) => (index + place) % 3 === 0);
    return platforms.map((platform, place) => ({
      type: 'postPublished',
      clientWorkspaceId,
      postId: `${date} ${platform}`,
      channels: [{ id: `${clientWorkspaceId} ${platform}`, platform }],
      contentType: TYPES[(index + place) % 3],
      campaignId: index % 4 === 0 ? 'weddings' : 'weekends',
      at: `${date}T0${7 + (place % 2)}:30:00Z`,
    }));
  };
}

function observationsOn(clientId: string) {
  return (date: string, index: number): object[] =>
    Object.entries(PLATFORMS).flatMap(([platform, average], place) => {
      const value = Math.round(average * (0.7 + ((index * 7 + place * 3) % 10) / 14 + index / 90));
      const common = { channelId: `${clientId} ${platform}`, platform, kind: 'daily', date };
      return [
        { ...common, metric: 'impressions', value },
        { ...common, metric: 'clicks', value: Math.round(value / 60) },
      ];
    });
}

function salesOn(date: string, index: number): object[] {
  const common = { date, source: 'shop', attributionModel: 'last_click', campaignId: 'weekends' };
  return [
    ...(index % 2 === 0 ? [{ ...common, kind: 'lead', count: 2 + (index % 5) }] : []),
    ...(index % 3 === 0
      ? [
          {
            ...common,
            kind: 'revenue',
            amount: { amount: `${190 + index * 4}.00`, currency: 'USD' },
          },
        ]
      : []),
  ];
}

function datesFrom(first: string, last: string): string[] {
  const days = (Date.parse(last) - Date.parse(first)) / DAY_MS + 1;
  return Array.from({ length: days }, (_, day) =>
    new Date(Date.parse(first) + day * DAY_MS).toISOString().slice(0, 10),
  );
}
