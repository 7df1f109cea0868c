import type { EntityManager } from '@mikro-orm/postgresql';

import { AuditEntry } from './audit-entry.entity.ts';

/** What these subjects of a client, or of the agency, were before their first change; nothing for unchanged ones. */
export async function firstStates(
  em: EntityManager,
  of: {
    readonly agencyId: string;
    readonly clientId: string | null;
    readonly subjects: readonly string[];
  },
): Promise<Map<string, unknown>> {
  const { agencyId, clientId, subjects } = of;
  if (subjects.length === 0) return new Map();
  const where = { agencyId, clientId, subject: { $in: [...subjects] } };
  const entries = await em.find(AuditEntry, where, { orderBy: { seq: 'desc' } });
  const changes = entries.filter(({ before }) => before !== null && before !== undefined);
  // The earliest comes last, and stays.
  return new Map(changes.map(({ subject, before }) => [subject, before]));
}
