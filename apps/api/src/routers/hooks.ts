import {
  ATTACH_FIELDS,
  CHECK_FIELDS,
  checkHook,
  FAILED_FIELDS,
  getAgency,
  MOVE_FIELDS,
  POST_FIELDS,
  recordMetrics,
  RecordMetricsInput,
  REPORT_FIELDS,
  RESERVE_FIELDS,
  SETTLE_FIELDS,
  tellHook,
  tellHooks,
  UPLOAD_DELETED_FIELDS,
  UPLOAD_FIELDS,
  type HookContext,
} from '@retainer/core';
import * as z from 'zod';

import { agencyInput, withoutAgency } from '../schemas.ts';
import { hostProcedure, router, serviceOf, type AgencyCall } from '../trpc.ts';
import { hookEvent, outcomeOf, outcomeOut } from './hook-events.ts';
import { attachmentOut, decisionOut, settlementOut } from './outputs/gate.ts';
import { recordedMetricsOut } from './outputs/metrics.ts';

const MOST_EVENTS = 500;

/** What a host asks before a post goes out, and reports after. Every answer is durable when it is given. */
export const hooksRouter = router({
  check: hostProcedure
    .meta(route('check', 'Ask what an ask would be answered; changes nothing'))
    .input(agencyInput(CHECK_FIELDS))
    .output(decisionOut)
    .mutation(({ ctx, input }) => checkHook(hookContext(ctx), input)),

  reserve: hostProcedure
    .meta(route('reserve', 'Hold a quantity of any meter'))
    .input(agencyInput(RESERVE_FIELDS))
    .output(decisionOut)
    .mutation(({ ctx, input }) => tellHook(hookContext(ctx), { type: 'reserve', input })),

  commit: hostProcedure
    .meta(route('commit', 'Turn the hold of a key into usage'))
    .input(agencyInput(SETTLE_FIELDS))
    .output(settlementOut)
    .mutation(({ ctx, input }) => tellHook(hookContext(ctx), { type: 'commit', input })),

  release: hostProcedure
    .meta(route('release', 'Give back the hold of a key'))
    .input(agencyInput(SETTLE_FIELDS))
    .output(settlementOut)
    .mutation(({ ctx, input }) => tellHook(hookContext(ctx), { type: 'release', input })),

  move: hostProcedure
    .meta(route('move', 'Move the hold of a key to another time'))
    .input(agencyInput(MOVE_FIELDS))
    .output(decisionOut)
    .mutation(({ ctx, input }) => tellHook(hookContext(ctx), { type: 'move', input })),

  attach: hostProcedure
    .meta(route('attach', 'Tell which posts were made from a hold'))
    .input(agencyInput(ATTACH_FIELDS))
    .output(attachmentOut)
    .mutation(({ ctx, input }) => tellHook(hookContext(ctx), { type: 'attach', input })),

  postCreated: hostProcedure
    .meta(route('post-created', 'Ask for a new post: it is held, or denied with the reason'))
    .input(agencyInput(POST_FIELDS))
    .output(decisionOut)
    .mutation(({ ctx, input }) => tellHook(hookContext(ctx), { type: 'postCreated', input })),

  postUpdated: hostProcedure
    .meta(route('post-updated', 'Tell a post again: rescheduled, edited, to draft and back'))
    .input(agencyInput(POST_FIELDS))
    .output(decisionOut)
    .mutation(({ ctx, input }) => tellHook(hookContext(ctx), { type: 'postUpdated', input })),

  postPublished: hostProcedure
    .meta(route('post-published', 'Report that a post went out'))
    .input(agencyInput(REPORT_FIELDS))
    .output(settlementOut)
    .mutation(({ ctx, input }) => tellHook(hookContext(ctx), { type: 'postPublished', input })),

  postFailed: hostProcedure
    .meta(route('post-failed', 'Report that a post failed'))
    .input(agencyInput(FAILED_FIELDS))
    .output(settlementOut)
    .mutation(({ ctx, input }) => tellHook(hookContext(ctx), { type: 'postFailed', input })),

  postDeleted: hostProcedure
    .meta(route('post-deleted', 'Report that a post was taken away'))
    .input(agencyInput(REPORT_FIELDS))
    .output(settlementOut)
    .mutation(({ ctx, input }) => tellHook(hookContext(ctx), { type: 'postDeleted', input })),

  uploadCreated: hostProcedure
    .meta(route('upload-created', 'Ask for an upload: its bytes and a library item'))
    .input(agencyInput(UPLOAD_FIELDS))
    .output(decisionOut)
    .mutation(({ ctx, input }) => tellHook(hookContext(ctx), { type: 'uploadCreated', input })),

  uploadDeleted: hostProcedure
    .meta(route('upload-deleted', 'Report that an upload is gone'))
    .input(agencyInput(UPLOAD_DELETED_FIELDS))
    .output(decisionOut)
    .mutation(({ ctx, input }) => tellHook(hookContext(ctx), { type: 'uploadDeleted', input })),

  metrics: hostProcedure
    .meta({ ...route('metrics', 'Tell what was observed of posts and channels'), bulk: true })
    .input(agencyInput(RecordMetricsInput.shape))
    .output(recordedMetricsOut)
    .mutation(({ ctx, input }) => recordMetrics(serviceOf(ctx), withoutAgency(input))),

  events: hostProcedure
    .meta({ ...route('events', 'Tell many hooks at once, answered one by one'), bulk: true })
    .input(
      agencyInput({
        events: z.array(hookEvent).min(1).max(MOST_EVENTS),
        atomic: z.boolean().default(false).meta({ description: 'Take all of them or none.' }),
      }),
    )
    .output(z.object({ results: z.array(outcomeOut) }))
    .mutation(async ({ ctx, input: { events, atomic } }) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed as one event, whose type goes with its fields
      const calls = events.map(({ type, ...input }) => ({ type, input }) as Told);
      const outcomes = await tellHooks(hookContext(ctx), calls, { atomic });
      return { results: outcomes.map(outcomeOf) };
    }),
});

// The union of events, taken apart and put together again: TypeScript loses which field goes with which type.
type Told = Parameters<typeof tellHooks>[1][number];

function hookContext(ctx: AgencyCall): HookContext {
  const { services, agencyId, now } = ctx;
  return {
    gate: services.gate,
    agencyId,
    now: () => now,
    unassignedChannels: async () => (await getAgency(serviceOf(ctx))).unassignedChannels,
  };
}

function route(name: string, summary: string) {
  const path = `/api/hooks/${name}` as const;
  return { openapi: { method: 'POST' as const, path, tags: ['Hooks for hosts'], summary } };
}
