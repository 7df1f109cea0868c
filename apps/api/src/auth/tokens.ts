import { createHash } from 'node:crypto';

import { errors, jwtVerify, SignJWT, type JWTHeaderParameters, type JWTPayload } from 'jose';

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
const TYPE = 'JWT';

/** The secret that signs, and those that signed before it: what they signed is good until it expires. */
export interface SigningSecrets {
  readonly current: string;
  readonly retired: readonly string[];
}

/** Tokens signed with `secrets.current`, or with the one secret there is. */
export function createTokens(
  secrets: string | SigningSecrets,
  realNow: () => Date = () => new Date(),
): Tokens {
  const { current, retired } =
    typeof secrets === 'string' ? { current: secrets, retired: [] } : secrets;
  const signing = signingKey(current);
  const keys = new Map([current, ...retired].map(signingKey).map((key) => [key.id, key.bytes]));
  return {
    mint: async (actor, expiresInSeconds) => {
      const issuedAt = Math.floor(realNow().getTime() / 1000);
      const expiresAt = issuedAt + expiresInSeconds;
      const token = await new SignJWT(claimsOf(actor))
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: signing.id })
        .setIssuer(ISSUER)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .sign(signing.bytes);
      return { token, expiresAt: new Date(expiresAt * 1000) };
    },
    verify: async (token) => {
      const { payload } = await jwtVerify(token, (header) => keyFor(header, keys, signing), {
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

interface SigningKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** A key is named after a digest of its secret, so that every process names it the same without being told. */
function signingKey(secret: string): SigningKey {
  const id = createHash('sha256')
    .update(`retainer kid\0${secret}`)
    .digest('base64url')
    .slice(0, 11);
  return { id, bytes: new TextEncoder().encode(secret) };
}

/** The key a token names among ours. One without a name is from before keys had names: the current one judges it. */
function keyFor(
  { kid }: Partial<JWTHeaderParameters>,
  keys: ReadonlyMap<string, Uint8Array>,
  current: SigningKey,
): Uint8Array {
  const key = kid === undefined ? current.bytes : keys.get(kid);
  if (!key) throw new errors.JWSSignatureVerificationFailed();
  return key;
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
