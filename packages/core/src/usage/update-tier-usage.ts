import { DomainError, spanOf } from '@retainer/domain';
import * as z from 'zod';

import type { Decision } from '../gate/answer.ts';
import type { Gate } from '../gate/gate.ts';
import { HostId, Level, MeterName } from '../hooks/hook-input.ts';
import { Moment, WorkspaceId } from '../tenancy/input-fields.ts';

export const UpdateTierUsageInput = z.strictObject({
  clientWorkspaceId: WorkspaceId,
  meter: MeterName,
  /** How many were used; of a level, what it is now. */
  quantity: Level,
  idempotencyKey: HostId,
  /** When it was used; now when left out. */
  at: Moment.optional(),
});
export type UpdateTierUsageInput = z.input<typeof UpdateTierUsageInput>;

/** Records use of a counter, which is never denied, or sets a level, which is denied only when it grows past its limit. */
export async function updateTierUsage(
  caller: {
    readonly gate: Pick<Gate, 'submit'>;
    readonly agencyId: string;
    readonly now: () => Date;
  },
  input: UpdateTierUsageInput,
): Promise<Decision> {
  const { clientWorkspaceId, meter, quantity, idempotencyKey, at } =
    UpdateTierUsageInput.parse(input);
  if (quantity === 0 && spanOf(meter) !== 'level') {
    const message = 'quantity must be a whole number above 0: what was used is never given back.';
    const issues = [{ path: 'quantity', message: 'must be a whole number above 0' }];
    throw new DomainError('invalid_quantity', message, { issues });
  }
  return caller.gate.submit(caller.agencyId, clientWorkspaceId, {
    type: 'recordUsage',
    now: caller.now().getTime(),
    key: idempotencyKey,
    meter,
    quantity,
    usedAt: at?.getTime(),
  });
}
