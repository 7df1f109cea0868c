import type { Actor as CoreActor } from '@retainer/core';

/** What a caller may be. Every procedure names the ones it takes. */
export type Role = 'admin' | 'agency' | 'host' | 'client';

/** The operator of the service. */
export interface AdminActor {
  readonly role: 'admin';
}

/** An agency's own people and tools. With a key, no more than the key's scopes. */
export interface AgencyActor {
  readonly role: 'agency';
  readonly agencyId: string;
  readonly key?: ApiKeyUse | undefined;
}

/** A scheduler that asks and reports. Without an agency it serves every agency, and each call names one. */
export interface HostActor {
  readonly role: 'host';
  readonly agencyId: string | undefined;
  readonly key?: ApiKeyUse | undefined;
}

/** One client of an agency, reading its own portal. */
export interface ClientActor {
  readonly role: 'client';
  readonly agencyId: string;
  readonly clientId: string;
}

/** Which API key was shown, and what it opens. */
export interface ApiKeyUse {
  readonly id: string;
  readonly scopes: readonly string[];
}

/** Who is calling, as the token says. */
export type Actor = AdminActor | AgencyActor | HostActor | ClientActor;

/** `actor` as the audit log names it. It never holds a secret. */
export function coreActor(actor: Actor): CoreActor {
  switch (actor.role) {
    case 'admin':
      return { kind: 'admin', id: 'operator' };
    case 'agency':
    case 'host':
      return { kind: actor.role, id: actor.key ? `key:${actor.key.id}` : (actor.agencyId ?? '*') };
    case 'client':
      return { kind: 'client', id: actor.clientId };
  }
}
