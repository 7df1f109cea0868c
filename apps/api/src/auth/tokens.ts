import { jwtVerify, SignJWT, type JWTPayload } from 'jose';

import type { AgencyActor, ClientActor, HostActor } from './actor.ts';

/** What a signed token can stand for. The operator's token is a shared secret, never a signed one. */
export type TokenActor = AgencyActor | HostActor | ClientActor;

/** A signed token and when it stops working. */
export interface MintedToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/** A token that was found good: whose it is, and until when. */
export interface VerifiedToken {
  readonly actor: TokenActor;
  readonly expiresAtMs: number;
}

/** Signs and reads tokens. Both go by the real clock, whatever a request says now is. */
export interface Tokens {
  readonly mint: (actor: TokenActor, expiresInSeconds: number) => Promise<MintedToken>;
  /** Rejects with jose's error when the token is forged, expired or not one of ours. */
  readonly verify: (token: string) => Promise<VerifiedToken>;
}

/** How long a client's token works; the widget refreshes it. */
export const CLIENT_TOKEN_SECONDS = 15 * 60;

/** How long an agency's or a host's token works when nobody says. */
export const DEFAULT_TOKEN_SECONDS = 30 * 86_400;

/** The longest life a token can be given. */
export const MAX_TOKEN_SECONDS = 366 * 86_400;

const ISSUER = 'retainer';
const ALGORITHM = 'HS256';

/** Tokens signed with `secret`. */
export function createTokens(secret: string, realNow: () => Date = () => new Date()): Tokens {
  const key = new TextEncoder().encode(secret);
  return {
    mint: async (actor, expiresInSeconds) => {
      const issuedAt = Math.floor(realNow().getTime() / 1000);
      const expiresAt = issuedAt + expiresInSeconds;
      const token = await new SignJWT(claimsOf(actor))
        .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
        .setIssuer(ISSUER)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .sign(key);
      return { token, expiresAt: new Date(expiresAt * 1000) };
    },
    verify: async (token) => {
      const { payload } = await jwtVerify(token, key, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        requiredClaims: ['exp', 'role'],
        currentDate: realNow(),
      });
      const actor = actorOf(payload);
      if (!actor) throw new Error('the claims name no role of ours');
      return { actor, expiresAtMs: (payload.exp ?? 0) * 1000 };
    },
  };
}

function claimsOf(actor: TokenActor): JWTPayload {
  return {
    role: actor.role,
    ...(actor.agencyId === undefined ? {} : { agency: actor.agencyId }),
    ...(actor.role === 'client' ? { client: actor.clientId } : {}),
  };
}

function actorOf(claims: JWTPayload): TokenActor | undefined {
  const { role, agency, client } = claims as Readonly<Record<string, unknown>>;
  if (agency !== undefined && !isId(agency)) return undefined;
  if (role === 'host') return { role, agencyId: agency };
  if (agency === undefined) return undefined;
  if (role === 'agency') return { role, agencyId: agency };
  return role === 'client' && isId(client)
    ? { role, agencyId: agency, clientId: client }
    : undefined;
}

function isId(claim: unknown): claim is string {
  return typeof claim === 'string' && claim !== '';
}
