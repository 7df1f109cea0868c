import { rankAttention } from '@retainer/domain';

import type { OpenCounters } from '../open-counters.ts';
import type { Allowance } from '../run-outs.ts';
import type { AttentionItem } from './attention-dto.ts';
import type { AttentionWorld } from './attention-world.ts';
import { budgetAttention } from './budget-attention.ts';
import { dataAttention } from './data-attention.ts';
import { figureAttention } from './figure-attention.ts';
import { limitAttention } from './limit-attention.ts';
import { postingAttention } from './posting-attention.ts';
import { tierAttention } from './tier-attention.ts';

/** Everything that needs attention in an agency, the worst first, in five statements however many clients it has. */
export async function readAttention(
  world: AttentionWorld,
  gate: { readonly counters: OpenCounters; readonly allowances: readonly Allowance[] },
): Promise<AttentionItem[]> {
  const { service } = world;
  return rankAttention([
    ...tierAttention(service),
    ...(await limitAttention(service, gate.counters, gate.allowances)),
    ...(await postingAttention(service)),
    ...(await budgetAttention(world)),
    ...figureAttention(world),
    ...dataAttention(world),
  ]);
}
