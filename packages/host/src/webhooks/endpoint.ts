import { createHash } from 'node:crypto';

import type { HostPost } from './host-post.ts';
import type { SignatureScheme } from './signatures/signature.ts';
import type { WebhookHost } from './webhook-host.ts';

/** Reads posts at a host, to confirm what an unsigned event says and to learn what a thin one leaves out. */
export interface PostReader {
  /**
   * The post as it is now, `gone` where the host has none of that id. Rejects when the host could not be asked: the
   * event waits and is tried again.
   */
  readonly readPost: (post: HostPost) => Promise<HostPost | 'gone'>;
}

/** Whose posts come to an address. */
export type EndpointOwner =
  | {
      /** All of them are this client's; null is nobody's. */
      readonly clientWorkspaceId: string | null;
    }
  | {
      /** The host's own name for the client (a team, a profile, a workspace) leads to it. */
      readonly clients: Readonly<Record<string, string>>;
      /** A name that is not listed is itself the client's id. Default: it is nobody's. */
      readonly isClientId?: boolean | undefined;
    };

/** One address that a host sends to. */
export interface Endpoint {
  /** A host's name, such as `mixpost` or `generic`. */
  readonly host: string;
  /** The secret end of the address: `/hooks/<host>/<token>`. */
  readonly token: string;
  readonly owner: EndpointOwner;
  /** Only for a token that serves every agency. */
  readonly agencyWorkspaceId?: string | undefined;
  /** All that are valid now. With none, a delivery is unsigned: a publish counts only once a read confirms it. */
  readonly secrets?: readonly string[] | undefined;
  /** Instead of the host's own way of signing. */
  readonly schemes?: readonly SignatureScheme[] | undefined;
  readonly reader?: PostReader | undefined;
  /** The channels that there are, with their clients; others are ignored. Default: any. */
  readonly channels?: (() => Promise<ReadonlyMap<string, string | null>>) | undefined;
  /**
   * Told the raw body of a delivery that says that something changed: whoever polls this host polls then. What it says
   * of posts is left to the poll. The host is answered once this resolves.
   */
  readonly onHint?: ((body: Uint8Array) => void | Promise<void>) | undefined;
}

/** An endpoint with its host, under a key that stays the same when secrets rotate. */
export interface KnownEndpoint extends Endpoint {
  readonly key: string;
  readonly known: WebhookHost;
}

/** Endpoints by what their addresses end in. Throws when one names a host that nobody knows, or two are the same. */
export function indexEndpoints(
  endpoints: readonly Endpoint[],
  hosts: readonly WebhookHost[],
): ReadonlyMap<string, KnownEndpoint> {
  const byKey = new Map<string, KnownEndpoint>();
  for (const endpoint of endpoints) {
    const known = hosts.find(({ name }) => name === endpoint.host);
    if (known === undefined) {
      const names = hosts.map(({ name }) => name).join(', ');
      throw new Error(`There is no webhook host "${endpoint.host}". Use one of ${names}.`);
    }
    if (endpoint.token.length < SHORTEST_TOKEN) {
      throw new Error(
        `The token of a ${endpoint.host} endpoint has less than ${SHORTEST_TOKEN} characters.`,
      );
    }
    const key = endpointKey(endpoint);
    if (byKey.has(key)) throw new Error(`Two ${endpoint.host} endpoints have the same token.`);
    byKey.set(key, { ...endpoint, key, known });
  }
  return byKey;
}

const SHORTEST_TOKEN = 8;

/** The key of an address. A digest: looking it up takes no longer for a token that is nearly right, and logs keep no token. */
export function endpointKey({ host, token }: Pick<Endpoint, 'host' | 'token'>): string {
  return createHash('sha256')
    .update(JSON.stringify([host, token]))
    .digest('hex')
    .slice(0, 32);
}

/** Whose a post is, by the address it came to and what the host calls its owner; null is nobody's. */
export function clientOf(
  { owner }: Pick<Endpoint, 'owner'>,
  account: string | undefined,
): string | null {
  if ('clientWorkspaceId' in owner) return owner.clientWorkspaceId;
  if (account === undefined) return null;
  if (Object.hasOwn(owner.clients, account)) return owner.clients[account] ?? null;
  return owner.isClientId === true ? account : null;
}
