import type { Actor } from './auth/actor.ts';
import type { FindApiKey } from './auth/api-keys.ts';
import type { MintedToken, TokenActor } from './auth/tokens.ts';

/** Whether the service can do its work, and if not, why, in words for an operator. */
export type Readiness =
  | { readonly ready: true }
  | { readonly ready: false; readonly reason: string };

/** Facts of one call that the core needs to make its context. */
export interface CallFacts {
  /** How the audit log names the caller. */
  readonly actor: string;
  readonly now: Date;
}

/** What the edge asks of the rest: the core's use cases run on it, the edge itself only needs these. */
export interface Services {
  readonly findApiKey: FindApiKey;
  readonly ready: () => Promise<Readiness>;
}

/** Mints tokens; see `auth/tokens.ts`. */
export type MintToken = (actor: TokenActor, expiresInSeconds: number) => Promise<MintedToken>;

/** Transport facts of one request. Procedures add the agency; see `trpc.ts`. */
export interface Context {
  readonly services: Services;
  readonly mintToken: MintToken;
  readonly actor: Actor | undefined;
  /** One instant for the whole request; the test clock's when it is on and the request sets it. */
  readonly now: Date;
  readonly requestId: string;
}
