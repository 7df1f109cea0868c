import type { Random } from './random.ts';
import { momentOf } from './span.ts';

/** The one currency of it all: what converting costs is paid when a fact is written, not when it is read. */
export const CURRENCY = 'EUR';

/** When every row says it was written; facts of a seed are the same to the last column. */
export const WRITTEN_AT = momentOf(0, 0);

/** A post that other facts may name. */
export interface MadePost {
  readonly id: string;
  readonly day: number;
}

/** What is made for one client. */
export interface ClientSeed {
  readonly random: Random;
  readonly clientId: string;
  /** Counted from 0, in all of the bench. */
  readonly index: number;
  /** How much happens, compared to the average client. */
  readonly size: number;
  readonly platforms: readonly string[];
  /** Each with the days it runs. */
  readonly campaigns: readonly {
    readonly id: string;
    readonly from: number;
    readonly to: number;
  }[];
}

/** The id of a client, counted from 0. */
export function clientIdOf(index: number): string {
  return `client-${String(index).padStart(4, '0')}`;
}

/** A campaign that runs on a day, or none: so often does a fact name one. */
export function campaignOn(client: ClientSeed, day: number, share: number): string | null {
  if (!client.random.chance(share)) return null;
  const running = client.campaigns.filter(({ from, to }) => from <= day && day <= to);
  return running.length === 0 ? null : client.random.pick(running).id;
}
