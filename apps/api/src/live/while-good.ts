import type { Credential } from '../context.ts';

/** A key that is revoked ends its streams within this time; a token ends them when it ends itself. */
const JUDGE_MS = 15_000;

/** A signal that ends with `outer`, or when the credential is not good any more. */
export function whileGood(
  { expiresAtMs, isStillGood }: Credential,
  outer: AbortSignal,
  judgeMs: number = JUDGE_MS,
): AbortSignal {
  const ended = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const arm = (): void => {
    const left = (expiresAtMs ?? Infinity) - Date.now();
    timer = setTimeout(() => void judge(), Math.min(Math.max(left, 1), judgeMs));
    timer.unref();
  };
  const judge = async (): Promise<void> => {
    const isGood = await isStillGood();
    if (outer.aborted) return;
    if (isGood) arm();
    else ended.abort();
  };
  arm();
  outer.addEventListener('abort', () => clearTimeout(timer), { once: true });
  return AbortSignal.any([outer, ended.signal]);
}
