import { isDeepStrictEqual } from 'node:util';

import type { EntityManager } from '@mikro-orm/postgresql';

import type { ServiceContext } from '../kernel/context.ts';
import { AuditEntry } from './audit-entry.entity.ts';

/** A change to remember. */
export interface AuditRecord {
  /** What was done, as `noun.verbed`. */
  readonly action: string;
  /** What it was done to: `tier:<id>`, say. */
  readonly subject: string;
  readonly clientId?: string | undefined;
  /** Nothing before a creation. */
  readonly before?: object | undefined;
  /** Nothing after a removal. */
  readonly after?: object | undefined;
}

/** Writes who changed what, when, from what to what; nothing when nothing changed. */
export function recordAudit(em: EntityManager, ctx: ServiceContext, record: AuditRecord): void {
  const { action, subject, clientId, before, after } = record;
  if (before && after && isDeepStrictEqual(before, after)) return;
  em.create(AuditEntry, {
    agencyId: ctx.agencyId,
    at: ctx.now(),
    actor: `${ctx.actor.kind}:${ctx.actor.id}`,
    action,
    clientId: clientId ?? null,
    subject,
    before: before ?? null,
    after: after ?? null,
  });
}
