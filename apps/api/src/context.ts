import type {
  Actor as CoreActor,
  Drift,
  Gate,
  Live,
  ReportPorts,
  ReportsTakenUp,
  ServiceContext,
} from '@retainer/core';

import type { Actor } from './auth/actor.ts';
import type { FindApiKey } from './auth/api-keys.ts';
import type { MintedToken, TokenActor } from './auth/tokens.ts';
import type { StreamPlaces } from './live/stream-places.ts';

/** Whether the service can do its work, and if not, why, in words for an operator. */
export type Readiness =
  | { readonly ready: true }
  | { readonly ready: false; readonly reason: string };

/** Whose rows a use case works on, for whom, and when. */
export interface CallFacts {
  readonly agencyId: string;
  readonly actor: CoreActor;
  readonly now: () => Date;
}

/** What the edge asks of the core. */
export interface Services {
  readonly findApiKey: FindApiKey;
  readonly ready: () => Promise<Readiness>;
  /** A unit of work for one use case. Making one costs time: the hot calls go to the gate instead. */
  readonly contextOf: (facts: CallFacts) => ServiceContext;
  /** Runs work that the answer does not wait for; a stop does. */
  readonly later: (work: () => Promise<void>) => void;
  readonly gate: Gate;
  readonly upkeep: Upkeep;
  /** What reports need of the world outside. */
  readonly reports: ReportPorts;
  readonly live: Pick<Live, 'watch' | 'stats' | 'version'>;
}

/** What keeps the counters true, across agencies. */
export interface Upkeep {
  /** Releases what is held past its end; one agency's alone if it is named. */
  readonly sweep: (due: {
    readonly agencyId: string | undefined;
    readonly now: Date;
  }) => Promise<{ readonly expired: number }>;
  /** Makes and mails the reports that are due; one agency's alone if it is named. */
  readonly makeReports: (due: {
    readonly agencyId: string | undefined;
    readonly now: () => Date;
  }) => Promise<ReportsTakenUp>;
  /** Counters that differ from their ledger. */
  readonly drift: (agencyId: string | undefined) => Promise<Drift[]>;
}

/** The token or key that a call showed, for what lasts longer than an answer. */
export interface Credential {
  /** When it ends by itself; undefined where only asking tells. */
  readonly expiresAtMs: number | undefined;
  /** Judges it anew. */
  readonly isStillGood: () => Promise<boolean>;
}

/** What bounds the streams of a caller. */
export interface StreamBounds {
  readonly credential: Credential;
  readonly places: StreamPlaces;
}

/** Mints tokens; see `auth/tokens.ts`. */
export type MintToken = (actor: TokenActor, expiresInSeconds: number) => Promise<MintedToken>;

/** Transport facts of one request. Procedures add the agency; see `trpc.ts`. */
export interface Context {
  readonly services: Services;
  readonly mintToken: MintToken;
  readonly actor: Actor | undefined;
  /** Left out where nobody called from outside. */
  readonly streams?: StreamBounds | undefined;
  /** One instant for the whole request; the test clock's when it is on and the request sets it. */
  readonly now: Date;
  readonly requestId: string;
}
