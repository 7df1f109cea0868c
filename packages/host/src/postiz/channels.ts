import { tierPlatform, type PlatformReading } from '../vocabulary/platforms.ts';
import type { PostizApi } from './api/postiz-api.ts';
import type { PostizChannel, PostizCustomer } from './api/postiz-rows.ts';

/** A channel with the client it stands for. */
export interface KnownChannel {
  readonly id: string;
  readonly name: string;
  /** Postiz's name of the network. */
  readonly identifier: string;
  /** The platform of a tier that it counts as. */
  readonly platform: string;
  readonly disabled: boolean;
  /** null: it has no customer, or one that Retainer does not know. */
  readonly clientId: string | null;
}

/** Which client each channel stands for now, as `GET /integrations` last said. */
export interface ChannelBook {
  readonly find: (channelId: string) => KnownChannel | undefined;
  readonly all: () => readonly KnownChannel[];
  /** Reads the channels anew; callers at the same moment share one read. */
  readonly refresh: () => Promise<void>;
  /** Finds a channel, and reads the list anew when it is not there. */
  readonly lookUp: (channelId: string) => Promise<KnownChannel | undefined>;
}

/** Names the client of a Postiz customer; null when there is none. */
export type ClientOf = (customer: { readonly id: string; readonly name: string }) => string | null;

/** How channels are named in Retainer. */
export interface Naming {
  readonly clientOf: ClientOf;
  /** Called for each customer that was not met before; rejects where it is to be called again at the next read. */
  readonly meet?: ((customer: PostizCustomer) => Promise<void>) | undefined;
  readonly platforms: PlatformReading;
}

/** A book of the channels that `postiz` lists. */
export function createChannelBook(
  postiz: Pick<PostizApi, 'listChannels'>,
  naming: Naming,
): ChannelBook {
  let known: ReadonlyMap<string, KnownChannel> = new Map();
  const met = new Set<string>();
  let reading: Promise<void> | undefined;
  const meetNew = async (channels: readonly PostizChannel[]): Promise<void> => {
    for (const { customer } of channels) {
      if (!customer || met.has(customer.id)) continue;
      // oxlint-disable-next-line no-await-in-loop -- one after the other: they are few, and seldom new
      const isMet = await naming.meet?.(customer).then(
        () => true,
        () => false,
      );
      if (isMet !== false) met.add(customer.id);
    }
  };
  const read = async (): Promise<void> => {
    try {
      const channels = await postiz.listChannels();
      await meetNew(channels);
      known = new Map(channels.map((one) => [one.id, knownChannel(one, naming)]));
    } finally {
      reading = undefined;
    }
  };
  const refresh = (): Promise<void> => (reading ??= read());
  return {
    find: (channelId) => known.get(channelId),
    all: () => [...known.values()],
    refresh,
    async lookUp(channelId) {
      if (!known.has(channelId)) await refresh();
      return known.get(channelId);
    },
  };
}

/** What a channel counts as that Postiz does not list. */
export const UNKNOWN_PLATFORM = 'other:unknown';

function knownChannel(channel: PostizChannel, naming: Naming): KnownChannel {
  const { id, name, identifier, disabled, customer } = channel;
  return {
    id,
    name,
    identifier,
    platform: tierPlatform(identifier || 'unknown', naming.platforms),
    disabled,
    clientId: customer ? naming.clientOf(customer) : null,
  };
}
