import { calendarDateOf, type LocalDate } from '@retainer/domain';

import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { readCalendar } from '../../tenancy/client-calendar.ts';
import { requireClient } from '../../tenancy/require-client.ts';

/** The local date that it is now for a client. */
export function clientToday(ctx: ServiceContext, clientId: string): Promise<LocalDate> {
  return inTransaction(
    ctx,
    async (em) => {
      const client = await requireClient(em, ctx.agencyId, { clientId, forWriting: false });
      return calendarDateOf(await readCalendar(em, client), ctx.now().getTime());
    },
    { readOnly: true },
  );
}
