import { DomainError } from '@retainer/domain';

import type { Actor } from './auth/actor.ts';

/**
 * The agency a call is for. The token's own, if it has one: naming another answers as if that one
 * did not exist. Otherwise the one that is named; a name of a wrong form is left to the schema.
 */
export function resolveAgency(actor: Actor, named: unknown): string {
  const own = actor.role === 'admin' ? undefined : actor.agencyId;
  if (own !== undefined) {
    if (named === undefined || named === null || named === own) return own;
    throw unknownAgency(named);
  }
  if (typeof named === 'string') return named;
  const message = 'is required: this token serves every agency, so the call has to name one';
  throw new DomainError('invalid_input', `agencyWorkspaceId: ${message}`, {
    issues: [{ path: 'agencyWorkspaceId', message }],
  });
}

/** The client whose token this is, if it is one. Naming another client answers as if it did not exist. */
export function clientOf(actor: Actor, named: unknown): string | undefined {
  if (actor.role !== 'client') return undefined;
  if (named === undefined || named === null || named === actor.clientId) return actor.clientId;
  throw unknownClient(named);
}

/** The answer to an agency that does not exist or is somebody else's: the two must not differ. */
function unknownAgency(id: unknown): DomainError {
  return new DomainError('not_found', `There is no agency ${quoted(id)}.`);
}

/** The answer to a client that does not exist in this agency. */
function unknownClient(id: unknown): DomainError {
  return new DomainError('not_found', `There is no client ${quoted(id)} in this agency.`);
}

function quoted(id: unknown): string {
  return typeof id === 'string' ? JSON.stringify(id.slice(0, 128)) : 'of that form';
}
