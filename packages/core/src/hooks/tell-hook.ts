import { DomainError } from '@retainer/domain';

import { NOTHING_ASKED, type Decision, type Settlement } from '../gate/answer.ts';
import type { Gate } from '../gate/gate.ts';
import type { GateAnswer, Outcome } from '../gate/ops.ts';
import type { Attachment } from '../gate/ops/attach.ts';
import { settlement } from '../gate/ops/settle.ts';
import type { GateCall } from '../gate/run-batch.ts';
import type { CheckInput, HookName } from './hook-input.ts';
import { checkOp, hookOp, type HookCall } from './hook-op.ts';

/** Whose hooks these are. */
export interface HookContext {
  readonly gate: Pick<Gate, 'submit' | 'ask' | 'together'>;
  readonly agencyId: string;
  readonly now: () => Date;
  /** The agency's rule for a channel that belongs to no client. */
  readonly unassignedChannels: () => Promise<'allow' | 'deny'>;
}

/** What telling one hook needs: a host's own transaction can only submit. */
export interface TellContext extends Omit<HookContext, 'gate'> {
  readonly gate: Pick<Gate, 'submit'>;
}

/** What a hook answers: a decision to an ask, a settlement to a report. */
export type HookAnswer<TName extends HookName = HookName> = TName extends
  | 'reserve'
  | 'move'
  | 'postCreated'
  | 'postUpdated'
  | 'uploadCreated'
  | 'uploadDeleted'
  ? Decision
  : TName extends 'attach'
    ? Attachment
    : Settlement;

/** One hook of a batch: its answer, or why it was refused. */
export type HookOutcome =
  | { readonly ok: true; readonly answer: HookAnswer }
  | { readonly ok: false; readonly error: DomainError };

/** Tells the gate what a host asks or reports; durable once this resolves. */
export async function tellHook<TCall extends HookCall>(
  ctx: TellContext,
  call: TCall,
): Promise<HookAnswer<TCall['type']>> {
  const clientId = call.input.clientWorkspaceId;
  const answer =
    clientId === null
      ? await answerUnassigned(ctx, call)
      : await ctx.gate.submit(ctx.agencyId, clientId, hookOp(call, ctx.now().getTime()));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the gate answers as the hook's name says
  return hookAnswer(answer) as HookAnswer<TCall['type']>;
}

/** What an ask would be answered now; changes nothing. */
export async function checkHook(ctx: HookContext, input: CheckInput): Promise<Decision> {
  if (input.clientWorkspaceId === null) return decideUnassigned(ctx);
  const op = checkOp(input, ctx.now().getTime());
  const answer = await ctx.gate.ask(ctx.agencyId, input.clientWorkspaceId, op);
  if (typeof answer === 'object' && 'decision' in answer) return answer;
  throw new Error('a check was not answered with a decision');
}

/** Tells many hooks in their order, answered one by one in one transaction; `atomic` takes all or none. */
export async function tellHooks(
  ctx: HookContext,
  calls: readonly HookCall[],
  options: { readonly atomic: boolean },
): Promise<readonly HookOutcome[]> {
  const now = ctx.now().getTime();
  const prepared = await Promise.all(calls.map((call) => prepare(ctx, call, now)));
  const told = prepared.flatMap((one) => ('call' in one ? [one.call] : []));
  const known = prepared.flatMap((one) => ('call' in one ? [] : [one]));
  if (options.atomic && known.some(isRefusal)) {
    return prepared.map((one) => (!('call' in one) && isRefusal(one) ? one : notTaken()));
  }
  const outcomes = told.length > 0 ? await ctx.gate.together(ctx.agencyId, told, options) : [];
  let next = 0;
  const answers = prepared.map((one) => ('call' in one ? hookOutcome(outcomes[next++]) : one));
  if (!options.atomic || !answers.some(isRefusal)) return answers;
  return answers.map((one) => (isRefusal(one) ? one : notTaken()));
}

// What the gate must say, or what is known without it.
type Prepared = { readonly call: GateCall } | HookOutcome;

async function prepare(ctx: HookContext, call: HookCall, now: number): Promise<Prepared> {
  const clientId = call.input.clientWorkspaceId;
  if (clientId === null) return { ok: true, answer: await answerUnassigned(ctx, call) };
  try {
    return { call: { clientId, op: hookOp(call, now) } };
  } catch (error) {
    if (error instanceof DomainError) return { ok: false, error };
    throw error;
  }
}

function isRefusal(outcome: HookOutcome): boolean {
  return !outcome.ok || ('decision' in outcome.answer && outcome.answer.decision === 'deny');
}

function notTaken(): HookOutcome {
  const message = 'Not taken: another hook of this atomic batch was refused.';
  return { ok: false, error: new DomainError('conflict', message) };
}

function hookOutcome(outcome: Outcome | undefined): HookOutcome {
  if (!outcome) throw new Error('a hook was not answered');
  return outcome.ok ? { ok: true, answer: hookAnswer(outcome.answer) } : outcome;
}

function hookAnswer(answer: GateAnswer): HookAnswer {
  if (typeof answer === 'object' && !('policy' in answer)) return answer;
  throw new Error('a hook was answered with something else');
}

async function answerUnassigned(ctx: TellContext, call: HookCall): Promise<HookAnswer> {
  if (call.type === 'postCreated' || call.type === 'postUpdated') return decideUnassigned(ctx);
  return { ...settlement('not_found'), reason: 'not_held', flags: [UNASSIGNED] };
}

const UNASSIGNED = 'channel_unassigned';

async function decideUnassigned(ctx: TellContext): Promise<Decision> {
  const rule = await ctx.unassignedChannels();
  if (rule === 'allow') return { ...NOTHING_ASKED, flags: [UNASSIGNED] };
  const message =
    'The channel belongs to no client, and the agency refuses such posts. Assign it to a client.';
  const reason = { code: 'no_assignment', meter: 'posts', platform: null, limit: null } as const;
  const counts = { used: 0, held: 0, asked: 1, window: null, resetsAt: null };
  return {
    ...NOTHING_ASKED,
    decision: 'deny',
    reasons: [{ ...reason, ...counts, message }],
    flags: [UNASSIGNED],
  };
}
