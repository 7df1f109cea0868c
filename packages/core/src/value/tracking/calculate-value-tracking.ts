import { randomUUID } from 'node:crypto';

import { LockMode, type EntityManager } from '@mikro-orm/postgresql';

import { recordAudit } from '../../audit/record-audit.ts';
import { sqlSession } from '../../db/sql-session.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { readWorld } from '../../rollups/figures-world.ts';
import { refreshClient } from '../../rollups/refresh.ts';
import type { DateRange } from '../../rollups/sums.ts';
import type { Client } from '../../tenancy/client.entity.ts';
import { requireClient } from '../../tenancy/require-client.ts';
import { countedIn, defaultTerms, readClientFacts } from './client-figures.ts';
import { toTrackingFigures } from './tracking-dto.ts';
import { CalculateValueTrackingInput, checkPeriod } from './tracking-input.ts';
import { storeTerms, termsOf } from './tracking-terms.ts';
import { toTrackingDto, type ValueTrackingDto } from './value-tracking-dto.ts';
import { ClientValueTracking } from './value-tracking.entity.ts';

/**
 * Calculates a client's cost, value and ROI of a period from all facts known now, and keeps the outcome with what it
 * assumed. The same period again replaces it, and keeps its id. `not_found`, `period_inverted`.
 */
export async function calculateValueTracking(
  ctx: ServiceContext,
  input: CalculateValueTrackingInput,
): Promise<ValueTrackingDto> {
  const { clientWorkspaceId, startDate, endDate, ...assumed } =
    CalculateValueTrackingInput.parse(input);
  const period = checkPeriod({ startDate, endDate });
  await inTransaction(
    ctx,
    (em) => requireClient(em, ctx.agencyId, { clientId: clientWorkspaceId, forWriting: true }),
    { readOnly: true },
  );
  await refreshClient(ctx, clientWorkspaceId, endDate);
  const calculate = async (em: EntityManager): Promise<ValueTrackingDto> => {
    const client = await requireClient(em, ctx.agencyId, {
      clientId: clientWorkspaceId,
      forWriting: true,
    });
    const row = await lockTracking(em, client, period);
    const world = await readWorld(em, ctx.agencyId, [client.id]);
    const counted = countedIn(world, client.id);
    const defaults = await defaultTerms(sqlSession(em), counted, period.endDate);
    const terms = termsOf(assumed, defaults, counted.currency);
    const facts = await readClientFacts(em, client, { ...period, terms });
    const values = {
      inputs: storeTerms(terms),
      result: toTrackingFigures(facts, period),
      calculatedAt: ctx.now(),
      calculatedBy: `${ctx.actor.kind}:${ctx.actor.id}`,
    };
    const kept = row
      ? em.assign(row, values)
      : em.create(ClientValueTracking, {
          agencyId: ctx.agencyId,
          id: randomUUID(),
          clientId: client.id,
          ...period,
          ...values,
        });
    const { inputs } = values;
    recordAudit(em, ctx, {
      action: 'value_tracking.calculated',
      subject: `value_tracking:${kept.id}`,
      clientId: client.id,
      after: { ...period, inputs },
    });
    await em.flush();
    return toTrackingDto(kept, { stale: false });
  };
  // Whoever calculates when told of a change must not be told of that.
  return inTransaction(ctx, calculate, { quiet: true });
}

async function lockTracking(
  em: EntityManager,
  client: Client,
  period: DateRange,
): Promise<ClientValueTracking | null> {
  const { agencyId, id: clientId } = client;
  const lockMode = LockMode.PESSIMISTIC_WRITE;
  return em.findOne(ClientValueTracking, { agencyId, clientId, ...period }, { lockMode });
}
