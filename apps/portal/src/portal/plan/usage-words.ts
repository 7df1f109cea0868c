import { platformName } from '../../blocks/platform-name.ts';
import type { Format } from '../../i18n/format.ts';
import type { PortalMessages } from '../messages/messages.ts';
import type { Usage } from '../summary.ts';

/** A limit as it is shown. */
export interface UsageWords {
  readonly label: string;
  readonly taken: string;
  /** What else there is to say, one after the other. */
  readonly notes: readonly string[];
  /** Shares of the bar, of 100; none where there is nothing to fill. */
  readonly bar: { readonly used: number; readonly held: number } | undefined;
  /** Patterned from 80 per cent on. */
  readonly isNear: boolean;
  readonly isReached: boolean;
}

const NEAR = 0.8;

/** What a limit says of itself. */
export function usageWords(usage: Usage, messages: PortalMessages, format: Format): UsageWords {
  const { meter, platform, used, held, limit } = usage;
  const taken = used + held;
  const amount = meter === 'storage_bytes' ? format.bytes : format.count;
  const label =
    platform === null
      ? messages.usage.meters[meter]
      : messages.usage.onPlatform(platformName(platform));
  const isReached = limit !== null && limit > 0 && taken >= limit;
  return {
    label,
    taken: takenWords(amount(taken), limit === null ? null : amount(limit), messages),
    notes: notesOf(usage, { messages, format, isReached }),
    bar: limit === null || limit === 0 ? undefined : barOf(usage, limit),
    isNear: limit !== null && limit > 0 && taken >= limit * NEAR,
    isReached,
  };
}

function takenWords(taken: string, limit: string | null, { usage }: PortalMessages): string {
  if (limit === null) return usage.unlimited(taken);
  return limit === '0' ? usage.notIncluded : usage.of(taken, limit);
}

function barOf({ used, held }: Usage, limit: number): { used: number; held: number } {
  const scale = Math.max(limit, used + held);
  return { used: (used / scale) * 100, held: (held / scale) * 100 };
}

function notesOf(
  { held, over, resetsAt, runsOutAt }: Usage,
  of: { readonly messages: PortalMessages; readonly format: Format; readonly isReached: boolean },
): string[] {
  const { messages, format, isReached } = of;
  const { usage } = messages;
  return [
    ...(isReached ? [usage.reached] : []),
    ...(over > 0 ? [usage.over(format.count(over))] : []),
    ...(held > 0 ? [usage.scheduled(format.count(held))] : []),
    ...(runsOutAt !== null && !isReached ? [usage.runsOut(format.day(runsOutAt))] : []),
    ...(resetsAt === null ? [] : [usage.resets(format.day(resetsAt))]),
  ];
}
