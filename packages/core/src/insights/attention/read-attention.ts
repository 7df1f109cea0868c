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

/** Everything that needs attention in an agency, in no order, in a few statements however many clients it has. */
export async function readAttention(
  world: AttentionWorld,
  gate: { readonly counters: OpenCounters; readonly allowances: readonly Allowance[] },
): Promise<AttentionItem[]> {
  const { service } = world;
  const [posting, budgets] = await Promise.all([postingAttention(world), budgetAttention(world)]);
  return [
    ...tierAttention(service),
    ...limitAttention(world, gate.counters, gate.allowances),
    ...posting,
    ...budgets,
    ...figureAttention(world),
    ...dataAttention(world),
  ];
}
