import { usageRow, type Limit, type Meter, type Reason, type ReasonCode } from '@retainer/domain';

import {
  reasonDto,
  usageDto,
  type Decision,
  type DecisionReason,
  type SuggestedTier,
  type Usage,
  type WindowDto,
} from './answer.ts';

/** A reason without what follows from it: code, meter, platform, limit, used, held, asked, window. */
type ReasonText = [ReasonCode, Meter, string, Limit, number, number, number, ...Ends];
/** A usage row without what follows from it. */
type UsageText = [Meter, string, number, number, Limit, ...Ends];
type Ends = [start: number | null, end: number | null];

interface AnswerText {
  readonly d: Decision['decision'];
  readonly id: string | null;
  readonly r?: ReasonText[];
  readonly u: UsageText[];
  readonly n?: number;
  readonly t?: SuggestedTier;
  readonly f?: readonly string[];
}

/** A decision as it is kept for repeats of its key: only what cannot be derived again. */
export function writeAnswer(decision: Decision): string {
  const { reasons, nextFitAt, suggestedTier, flags } = decision;
  const text: AnswerText = {
    d: decision.decision,
    id: decision.reservationId,
    u: decision.usage.map(usageText),
    ...(reasons.length > 0 && { r: reasons.map(reasonText) }),
    ...(nextFitAt && { n: nextFitAt.getTime() }),
    ...(suggestedTier && { t: suggestedTier }),
    ...(flags.length > 0 && { f: flags }),
  };
  return JSON.stringify(text);
}

/** The decision that `writeAnswer` wrote. */
export function readAnswer(text: string): Decision {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only `writeAnswer` writes the column
  const answer = JSON.parse(text) as AnswerText;
  return {
    decision: answer.d,
    reservationId: answer.id,
    replayed: false,
    reasons: (answer.r ?? []).map(readReason),
    nextFitAt: answer.n === undefined ? null : new Date(answer.n),
    suggestedTier: answer.t ?? null,
    usage: answer.u.map(readUsage),
    flags: answer.f ?? [],
  };
}

function reasonText(reason: DecisionReason): ReasonText {
  const { code, meter, platform, limit, used, held, asked, window } = reason;
  return [code, meter, platform ?? '', limit, used, held, asked, ...ends(window)];
}

function readReason(text: ReasonText): DecisionReason {
  const [code, meter, platform, limit, used, held, asked, start, end] = text;
  const window = start === null || end === null ? undefined : { start, end };
  const reason: Reason = { code, meter, platform, limit, used, held, asked, window };
  return reasonDto(reason);
}

function usageText({ meter, platform, used, held, limit, window }: Usage): UsageText {
  return [meter, platform ?? '', used, held, limit, ...ends(window)];
}

function readUsage(text: UsageText): Usage {
  const [meter, platform, used, held, limit, start, end] = text;
  const window = start === null || end === null ? undefined : { start, end };
  return usageDto(usageRow({ meter, platform, window }, { used, held }, limit));
}

function ends(window: WindowDto | null): Ends {
  return [window?.start.getTime() ?? null, window?.end.getTime() ?? null];
}
