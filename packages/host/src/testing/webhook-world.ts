import { createHmac } from 'node:crypto';

import { createHookCalls } from '../calls/hook-calls.ts';
import { createTransport, type Transport } from '../calls/transport.ts';
import { fieldOf, listOf } from '../json.ts';
import type { Endpoint } from '../webhooks/endpoint.ts';
import { createMemoryLog } from '../webhooks/log/memory-log.ts';
import { openReceiver, type ReceiverOptions, type WebhookReceiver } from '../webhooks/receiver.ts';
import type { Retainer } from './retainer.ts';

/** What is taken of a client's posts in the week of an instant. */
export interface Taken {
  readonly used: number;
  readonly held: number;
}

/** An agency with one client, and a receiver whose deliveries are told to it. */
export interface WebhookWorld {
  readonly clientWorkspaceId: string;
  readonly receiver: WebhookReceiver;
  /** Delivers a JSON body to the endpoint, signed with its first secret as its host does, and answers the status. */
  readonly deliver: (body: unknown, headers?: Readonly<Record<string, string>>) => Promise<number>;
  readonly taken: (at: string) => Promise<Taken>;
  readonly agency: Transport;
  readonly endpoint: Endpoint;
}

const TOKEN = 'token-of-a-test';
const SIGNED_IN: Readonly<Record<string, string>> = {
  mixpost: 'x-signature',
  zernio: 'x-zernio-signature',
  'bundle.social': 'x-signature',
  generic: 'x-signature',
  ayrshare: 'x-authorization-content-sha256',
};

/** Opens a world at an instant; its endpoint is the client's own unless `endpoint` says otherwise. */
export async function openWebhookWorld(
  retainer: Retainer,
  given: {
    readonly agencyId: string;
    readonly now: string;
    readonly endpoint: Partial<Endpoint> & { readonly host: string };
    readonly options?: Partial<ReceiverOptions>;
  },
): Promise<WebhookWorld> {
  await retainer.found(given.agencyId);
  const clientWorkspaceId = 'bakery';
  const hooks = createHookCalls(
    createTransport({
      url: retainer.url,
      token: await retainer.hostToken(given.agencyId),
      fetch: retainer.fetchAt(given.now),
      timeLimitMs: 20_000,
    }),
  );
  const endpoint: Endpoint = { token: TOKEN, owner: { clientWorkspaceId }, ...given.endpoint };
  const receiver = await openReceiver({
    endpoints: [endpoint],
    hooks,
    log: createMemoryLog(),
    now: () => Date.parse(given.now),
    answerWithinMs: 30_000,
    ...given.options,
  });
  const agency = await retainer.asAgency(given.agencyId, given.now);
  return {
    clientWorkspaceId,
    receiver,
    endpoint,
    agency,
    deliver: async (body, headers = {}) => {
      const raw = Buffer.from(JSON.stringify(body));
      const secret = endpoint.secrets?.[0];
      const path = `/hooks/${endpoint.host}/${endpoint.token}`;
      const signed =
        secret === undefined ? {} : { [SIGNED_IN[endpoint.host] ?? '']: sign(secret, raw) };
      const reply = await receiver.receive({ path, headers: { ...signed, ...headers }, body: raw });
      return reply.status;
    },
    taken: (at) => takenOf(agency, clientWorkspaceId, at),
  };
}

/** The hex HMAC of a raw body. */
export function sign(secret: string, raw: Uint8Array): string {
  return createHmac('sha256', secret).update(raw).digest('hex');
}

/** What is taken of a client's posts, on all platforms, in the week of an instant. */
async function takenOf(agency: Transport, clientWorkspaceId: string, at: string): Promise<Taken> {
  const path = `/api/clients/${encodeURIComponent(clientWorkspaceId)}/service-tier?at=${encodeURIComponent(at)}`;
  const tier = await agency({ method: 'GET', path });
  const row = listOf(fieldOf(tier, 'usage')).find(
    (one) => fieldOf(one, 'meter') === 'posts' && fieldOf(one, 'platform') === null,
  );
  return { used: Number(fieldOf(row, 'used') ?? 0), held: Number(fieldOf(row, 'held') ?? 0) };
}
