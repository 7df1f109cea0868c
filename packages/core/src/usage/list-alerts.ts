import { DomainError, type Meter } from '@retainer/domain';
import type * as z from 'zod';

import { sqlSession } from '../db/sql-session.ts';
import { windowDto, type WindowDto } from '../gate/answer.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { getClient } from '../tenancy/get-client.ts';
import { cursorValue, pageOf, PageInput, WorkspaceId, type Page } from '../tenancy/input-fields.ts';
import { selectAlerts } from './usage.queries.ts';

export const ListAlertsInput = PageInput.extend({ clientWorkspaceId: WorkspaceId });
export type ListAlertsInput = z.input<typeof ListAlertsInput>;

/** Used + held grew to or past a share of a limit. */
export interface Alert {
  readonly id: string;
  readonly meter: Meter;
  readonly platform: null;
  readonly window: WindowDto | null;
  readonly threshold: 80 | 100;
  readonly limit: number;
  readonly at: Date;
}

/** The alerts of a client in the order they came. */
export async function listAlerts(
  ctx: ServiceContext,
  input: ListAlertsInput,
): Promise<Page<Alert>> {
  const { clientWorkspaceId, cursor, limit } = ListAlertsInput.parse(input);
  const after = cursor === undefined ? '0' : cursorValue(cursor);
  if (!/^\d{1,18}$/u.test(after))
    throw new DomainError('invalid_input', 'cursor: is not a cursor of ours');
  return inTransaction(
    ctx,
    async (em) => {
      await getClient(ctx, { clientWorkspaceId });
      const { agencyId } = ctx;
      const page = { agencyId, clientId: clientWorkspaceId, after, limit: limit + 1 };
      const rows = await selectAlerts(sqlSession(em), page);
      return pageOf(rows, {
        limit,
        cursorOf: (row) => row.id,
        toItem: (row): Alert => ({
          id: row.id,
          meter: row.meter,
          platform: null,
          window: windowDto({ start: row.window_start, end: row.window_end }),
          threshold: row.threshold,
          limit: row.limit_value,
          at: new Date(row.at),
        }),
      });
    },
    { readOnly: true },
  );
}
