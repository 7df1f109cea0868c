import type { EntityManager } from '@mikro-orm/postgresql';
import type { CalendarRules } from '@retainer/domain';

import type { ServiceContext } from '../kernel/context.ts';
import { rebucketClient } from '../usage/rebucket.ts';
import { planCalendar, type PlannedCalendar } from './client-calendar.ts';
import type { Client } from './client.entity.ts';

/** Plans new rules for a locked client and moves what it holds into the weeks they make. */
export async function changeClientCalendar(
  em: EntityManager,
  ctx: ServiceContext,
  { client, rules }: { readonly client: Client; readonly rules: CalendarRules },
): Promise<PlannedCalendar> {
  const calendar = await planCalendar(em, client, { rules, now: ctx.now().getTime() });
  if (!calendar.changed) return calendar;
  client.touch();
  await em.flush();
  await rebucketClient(ctx, em, client.id);
  return calendar;
}
