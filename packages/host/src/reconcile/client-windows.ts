import type { AnsweredWindow, Usage } from '../calls/hook-answers.ts';
import { HookError } from '../calls/hook-error.ts';
import type { Transport } from '../calls/transport.ts';

/** What Retainer counts of one client in one week. */
export interface CountedWindow {
  readonly window: AnsweredWindow;
  readonly used: number;
  readonly held: number;
  readonly countBy: 'post' | 'channel';
}

/** Whose weeks to read, and which. */
export interface WindowsAsk {
  readonly agencyWorkspaceId: string | undefined;
  readonly clientWorkspaceId: string;
  readonly from: Date;
  readonly to: Date;
}

const DAY_MS = 24 * 3_600_000;

/** Every week of a client that lies in a span whole: of the others the host listed a part alone. */
export async function readWindows(send: Transport, ask: WindowsAsk): Promise<CountedWindow[]> {
  const found: CountedWindow[] = [];
  let at = ask.from.getTime();
  while (at < ask.to.getTime()) {
    // oxlint-disable-next-line no-await-in-loop -- where one week ends is known once it is read
    const counted = await readWindow(send, ask, new Date(at));
    if (!counted) {
      // No tier is in force then, so no week is counted: the next day may have one.
      at += DAY_MS;
      continue;
    }
    const end = Date.parse(counted.window.end);
    const start = Date.parse(counted.window.start);
    if (start >= ask.from.getTime() && end <= ask.to.getTime()) found.push(counted);
    if (!(end > at)) throw unreadable('a week that ends before it begins');
    at = end;
  }
  return found;
}

async function readWindow(
  send: Transport,
  ask: WindowsAsk,
  at: Date,
): Promise<CountedWindow | undefined> {
  const { agencyWorkspaceId, clientWorkspaceId } = ask;
  const query = new URLSearchParams({ at: at.toISOString() });
  if (agencyWorkspaceId !== undefined) query.set('agencyWorkspaceId', agencyWorkspaceId);
  const path = `/api/clients/${encodeURIComponent(clientWorkspaceId)}/service-tier?${query.toString()}`;
  const { tier, usage } = clientTierOf(await send({ method: 'GET', path }));
  const row = usage.find((one) => one.meter === 'posts' && one.platform === null);
  if (!row?.window) return undefined;
  return {
    window: row.window,
    used: row.used,
    held: row.held,
    countBy: tier?.countBy ?? 'post',
  };
}

interface ClientTier {
  readonly tier: { readonly countBy: 'post' | 'channel' } | null;
  readonly usage: readonly Usage[];
}

/** The API checks each answer against its schema; these are fields of it. */
function clientTierOf(json: unknown): ClientTier {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return json as ClientTier;
}

function unreadable(what: string): HookError {
  return new HookError(`Retainer answered with ${what}. Do host and service fit together?`, {
    code: 'unreadable_answer',
    status: 200,
  });
}
