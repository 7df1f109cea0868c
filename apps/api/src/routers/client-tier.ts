import {
  assignTierToClient,
  AssignTierInput,
  cancelAssignment,
  CancelAssignmentInput,
  cancelScheduledChange,
  CancelScheduledChangeInput,
  checkTierLimits,
  CheckTierLimitsInput,
  clientTierHistory,
  ClientTierHistoryInput,
  getClientTier,
  GetClientTierInput,
  grantOverride,
  GrantOverrideInput,
  listAlerts,
  ListAlertsInput,
  listClientTiers,
  ListClientTiersInput,
  listOverrides,
  ListOverridesInput,
  pauseClient,
  PauseClientInput,
  previewTierChange,
  resumeClient,
  ResumeClientInput,
  revokeOverride,
  RevokeOverrideInput,
  setPastDue,
  SetPastDueInput,
  uncancelAssignment,
  UncancelAssignmentInput,
  updateTierUsage,
  UpdateTierUsageInput,
} from '@retainer/core';

import { agencyShape, clientInput, inAgency, listOf, pageOf, withoutAgency } from '../schemas.ts';
import { agencyProcedure, hostProcedure, procedureFor, router, serviceOf } from '../trpc.ts';
import {
  alertOut,
  assignedTierOut,
  checkedOut,
  clientTierOut,
  clientTiersOut,
  grantedOverrideOut,
  historyOut,
  overrideOut,
  previewOut,
} from './outputs/client-tier.ts';
import { decisionOut } from './outputs/gate.ts';

/** For whoever may look at a client's limits: its agency, its host, and the client itself. */
const readerProcedure = procedureFor('agency', 'host', 'client');

const TAGS = ['Client tiers'];

const assignInput = AssignTierInput.safeExtend(agencyShape);

/** What a client's tier is, what is taken of it, and every change of it. */
export const clientTierRouter = router({
  assign: agencyProcedure
    .meta(route('POST', '/assign', 'Give a client a tier, or another one'))
    .input(assignInput)
    .output(assignedTierOut)
    .mutation(({ ctx, input }) => assignTierToClient(serviceOf(ctx), withoutAgency(input))),

  get: readerProcedure
    .meta(route('GET', '', 'Read a client’s tier, billing period and usage'))
    .input(clientInput(GetClientTierInput.shape))
    .output(clientTierOut)
    .query(({ ctx, input }) => getClientTier(serviceOf(ctx), withoutAgency(input))),

  list: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/api/agency/{agencyWorkspaceId}/client-tiers',
        tags: TAGS,
        summary: 'List which tier each client is on, and what becomes of it',
      },
    })
    .input(inAgency(ListClientTiersInput.shape))
    .output(clientTiersOut)
    .query(({ ctx, input }) => listClientTiers(serviceOf(ctx), withoutAgency(input))),

  updateUsage: hostProcedure
    .meta(route('PUT', '/usage', 'Record use of a counter, or set a level'))
    .input(clientInput(UpdateTierUsageInput.shape))
    .output(decisionOut)
    .mutation(({ ctx: { services, agencyId, now }, input }) =>
      updateTierUsage({ gate: services.gate, agencyId, now: () => now }, withoutAgency(input)),
    ),

  checkLimits: readerProcedure
    .meta(route('GET', '/limits', 'Ask whether something would fit, or read every limit'))
    .input(clientInput(CheckTierLimitsInput.shape))
    .output(checkedOut)
    .query(({ ctx, input }) =>
      checkTierLimits(serviceOf(ctx), ctx.services.gate, withoutAgency(input)),
    ),

  previewChange: agencyProcedure
    .meta(route('POST', '/preview-change', 'See what an assignment would do; changes nothing'))
    .input(assignInput)
    .output(previewOut)
    .mutation(({ ctx, input }) => previewTierChange(serviceOf(ctx), withoutAgency(input))),

  cancelScheduledChange: agencyProcedure
    .meta(route('POST', '/cancel-scheduled-change', 'Drop a change that still waits'))
    .input(clientInput(CancelScheduledChangeInput.shape))
    .output(clientTierOut)
    .mutation(({ ctx, input }) => cancelScheduledChange(serviceOf(ctx), withoutAgency(input))),

  override: agencyProcedure
    .meta(route('POST', '/override', 'Promise a client more or less than its tier'))
    .input(GrantOverrideInput.safeExtend(agencyShape))
    .output(grantedOverrideOut)
    .mutation(({ ctx, input }) => grantOverride(serviceOf(ctx), withoutAgency(input))),

  revokeOverride: agencyProcedure
    .meta(route('POST', '/revoke-override', 'End a promise now'))
    .input(clientInput({ overrideId: RevokeOverrideInput.shape.overrideId }))
    .output(clientTierOut)
    .mutation(({ ctx, input }) => revokeOverride(serviceOf(ctx), withoutAgency(input))),

  overrides: agencyProcedure
    .meta(route('GET', '/overrides', 'List what was promised beside the tier, the newest first'))
    .input(clientInput(ListOverridesInput.shape))
    .output(listOf(overrideOut))
    .query(async ({ ctx, input }) => ({
      items: await listOverrides(serviceOf(ctx), withoutAgency(input)),
    })),

  pause: agencyProcedure
    .meta(route('POST', '/pause', 'Take no new posts from a client for a time'))
    .input(clientInput(PauseClientInput.shape))
    .output(clientTierOut)
    .mutation(({ ctx, input }) => pauseClient(serviceOf(ctx), withoutAgency(input))),

  resume: agencyProcedure
    .meta(route('POST', '/resume', 'End every pause of a client'))
    .input(clientInput(ResumeClientInput.shape))
    .output(clientTierOut)
    .mutation(({ ctx, input }) => resumeClient(serviceOf(ctx), withoutAgency(input))),

  cancel: agencyProcedure
    .meta(route('POST', '/cancel', 'End the service, at once or with its billing period'))
    .input(clientInput(CancelAssignmentInput.shape))
    .output(clientTierOut)
    .mutation(({ ctx, input }) => cancelAssignment(serviceOf(ctx), withoutAgency(input))),

  uncancel: agencyProcedure
    .meta(route('POST', '/uncancel', 'Take back a cancel that is not yet in force'))
    .input(clientInput(UncancelAssignmentInput.shape))
    .output(clientTierOut)
    .mutation(({ ctx, input }) => uncancelAssignment(serviceOf(ctx), withoutAgency(input))),

  setPastDue: agencyProcedure
    .meta(route('POST', '/set-past-due', 'Note that a client owes, or no longer does'))
    .input(clientInput(SetPastDueInput.shape))
    .output(clientTierOut)
    .mutation(({ ctx, input }) => setPastDue(serviceOf(ctx), withoutAgency(input))),

  history: agencyProcedure
    .meta(route('GET', '/history', 'Read what a client held and was promised, and who changed it'))
    .input(clientInput(ClientTierHistoryInput.shape))
    .output(historyOut)
    .query(({ ctx, input }) => clientTierHistory(serviceOf(ctx), withoutAgency(input))),

  alerts: readerProcedure
    .meta(route('GET', '/alerts', 'List the alerts of a client in the order they came'))
    .input(clientInput(ListAlertsInput.shape))
    .output(pageOf(alertOut))
    .query(({ ctx, input }) => listAlerts(serviceOf(ctx), withoutAgency(input))),
});

function route<TMethod extends 'GET' | 'POST' | 'PUT'>(
  method: TMethod,
  rest: string,
  summary: string,
) {
  const path = `/api/clients/{clientWorkspaceId}/service-tier${rest}` as const;
  return { openapi: { method, path, tags: TAGS, summary } };
}
