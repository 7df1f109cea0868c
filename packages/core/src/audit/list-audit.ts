import type * as z from 'zod';

import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { cursorValue, pageOf, PageInput, WorkspaceId, type Page } from '../tenancy/input-fields.ts';
import { AuditEntry } from './audit-entry.entity.ts';

export const ListAuditInput = PageInput.extend({ clientWorkspaceId: WorkspaceId.optional() });
export type ListAuditInput = z.input<typeof ListAuditInput>;

/** One remembered change. */
export interface AuditItem {
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly clientWorkspaceId: string | null;
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** The agency's changes, or those of one client, the latest first. */
export async function listAudit(
  ctx: ServiceContext,
  input: ListAuditInput,
): Promise<Page<AuditItem>> {
  const { cursor, limit, clientWorkspaceId } = ListAuditInput.parse(input);
  return inTransaction(
    ctx,
    async (em) => {
      const where = {
        agencyId: ctx.agencyId,
        ...(clientWorkspaceId !== undefined && { clientId: clientWorkspaceId }),
        ...(cursor !== undefined && { seq: { $lt: seqOf(cursor) } }),
      };
      const rows = await em.find(AuditEntry, where, {
        orderBy: { seq: 'desc' },
        limit: limit + 1,
      });
      return pageOf(rows, { limit, cursorOf: (row) => String(row.seq), toItem });
    },
    { readOnly: true },
  );
}

// A cursor that is not ours points before everything.
function seqOf(cursor: string): number {
  const seq = Number(cursorValue(cursor));
  return Number.isSafeInteger(seq) ? seq : 0;
}

function toItem(row: AuditEntry): AuditItem {
  const { at, actor, action, subject } = row;
  return {
    id: String(row.seq),
    at,
    actor,
    action,
    clientWorkspaceId: row.clientId ?? null,
    subject,
    before: row.before ?? null,
    after: row.after ?? null,
  };
}
