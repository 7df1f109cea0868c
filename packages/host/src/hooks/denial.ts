import type { Decision } from '../calls/hook-answers.ts';

/** A denial as a host answers it to its own user: RFC 9457, with status 402. */
export interface Denial {
  readonly type: string;
  readonly title: string;
  readonly status: 402;
  /** The first reason's code; `unavailable` where the host's own rule denied. */
  readonly code: string;
  /** A sentence for the person who is denied. */
  readonly detail: string;
  readonly reasons: Decision['reasons'];
  readonly nextFitAt: Decision['nextFitAt'];
  readonly suggestedTier: Decision['suggestedTier'];
}

/** What to answer where a decision denies; nothing where it does not. */
export function denialOf(decision: Decision): Denial | undefined {
  if (decision.decision !== 'deny') return undefined;
  const { reasons, nextFitAt, suggestedTier } = decision;
  const code = reasons[0]?.code ?? 'unavailable';
  return {
    type: `urn:retainer:problem:${code}`,
    title: 'Payment Required',
    status: 402,
    code,
    detail: reasons.map(({ message }) => message).join(' ') || NOT_JUDGED,
    reasons,
    nextFitAt,
    suggestedTier,
  };
}

const NOT_JUDGED = 'The limits of this client cannot be checked now. Try again in a moment.';
