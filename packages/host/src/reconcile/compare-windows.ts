import type { ReconciledWindow, ReconcileException } from './reconciliation.ts';

/** What is left to say of a week once every post of it was told: for whose counts no post of the host's accounts. */
export function compareWindow(
  { clientWorkspaceId, window, used, held, published }: ReconciledWindow,
  scheduled: number,
): ReconcileException[] {
  const about = { clientWorkspaceId, postId: null, window, isSettled: false } as const;
  const week = `the week of ${window.start.slice(0, 10)}`;
  const found: ReconcileException[] = [];
  if (used > published) {
    const explanation = `Retainer counts ${used} in ${week}, the host lists ${published} as published. What is more was published and then forgotten by the host, or recorded by other means: by key, by hand, or by another host.`;
    found.push({ ...about, code: 'counts_more', explanation });
  }
  if (used < published) {
    const explanation = `Retainer counts ${used} in ${week}, the host lists ${published} as published. Those that are missing were refused or belong to no client; they are listed here one by one.`;
    found.push({ ...about, code: 'counts_less', explanation });
  }
  if (held > scheduled) {
    const explanation = `Retainer holds ${held} in ${week}, the host lists ${scheduled} as scheduled. An ask may have arrived whose answer did not. What nobody publishes comes back 72 hours after its time.`;
    found.push({ ...about, code: 'holds_more', explanation });
  }
  return found;
}
