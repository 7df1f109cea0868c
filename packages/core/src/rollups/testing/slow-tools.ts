import type { RawClient, RawFacts, RawTool } from './raw-facts.ts';
import { byWeightThenId, dayAfter, splitByWeight } from './slow-money.ts';
import { localDate } from './slow-time.ts';

/** What one client bears of a tool over one of its spans, in the tool's currency; the empty client is the agency. */
export interface SlowShare {
  readonly tool: RawTool;
  readonly clientId: string;
  readonly from: string;
  readonly to: string;
  readonly amount: bigint;
}

/** What each client did on a day, for tools that are shared by it. */
export interface SlowActivity {
  readonly clientId: string;
  readonly date: string;
  readonly posts: bigint;
  readonly seconds: bigint;
}

interface Span {
  readonly from: string;
  readonly to: string;
}

/** The share of every client in every span that has begun by the day up to which tools are spread. */
export function slowShares(facts: RawFacts, activity: readonly SlowActivity[]): SlowShare[] {
  return facts.tools.flatMap((tool) =>
    spansOf(tool, facts.toolsUntil).flatMap((span): SlowShare[] => {
      const amount = BigInt(tool.amount);
      const parts = weightsOf(facts, activity, tool, span);
      const shares = splitByWeight(amount, parts, byWeightThenId);
      const all = shares
        ? [...shares].map(([{ id }, share]) => ({ tool, ...span, clientId: id, amount: share }))
        : [{ tool, ...span, clientId: '', amount }];
      return all.filter((share) => share.amount !== 0n);
    }),
  );
}

function spansOf(tool: RawTool, until: string): Span[] {
  const { from: start, to: end, everyMonths } = tool;
  if (everyMonths === null) return start > until ? [] : [{ from: start, to: end ?? start }];
  const spans: Span[] = [];
  for (let nth = 0; ; nth += 1) {
    const from = monthsAfter(start, nth * everyMonths);
    if (from > until || (end !== null && from > end)) return spans;
    const to = dayAfter(monthsAfter(start, (nth + 1) * everyMonths), -1);
    spans.push({ from, to: end !== null && end < to ? end : to });
  }
}

function monthsAfter(date: string, months: number): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const length = new Date(
    Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0),
  ).getUTCDate();
  return new Date(first.getTime() + (Math.min(day, length) - 1) * 86_400_000)
    .toISOString()
    .slice(0, 10);
}

function weightsOf(
  facts: RawFacts,
  activity: readonly SlowActivity[],
  tool: RawTool,
  span: Span,
): { readonly id: string; readonly weight: bigint }[] {
  if (tool.clientId !== null) return [{ id: tool.clientId, weight: 1n }];
  const present = facts.clients.filter(
    (client) => client.archivedAt === null || localDate(client, client.archivedAt) >= span.from,
  );
  const sum = (client: RawClient, of: 'posts' | 'seconds'): bigint =>
    activity
      .filter((one) => one.clientId === client.id && one.date >= span.from && one.date <= span.to)
      .reduce((all, one) => all + one[of], 0n);
  return present.map((client) => {
    const { id } = client;
    switch (tool.allocation) {
      case 'equal':
        return { id, weight: 1n };
      case 'custom':
        // To hundredths: the worlds have no finer weights.
        return { id, weight: BigInt(Math.round(Number(tool.weights?.[id] ?? 0) * 100)) };
      case 'active_days':
        return { id, weight: activeDays(facts, client, span) };
      case 'posts':
      case 'seconds':
        return { id, weight: sum(client, tool.allocation) };
    }
  });
}

const QUARTER_MS = 900_000;

/** Days with a moment in which the client had a tier and nothing stopped it; the worlds change by quarters of hours. */
function activeDays(facts: RawFacts, client: RawClient, span: Span): bigint {
  const isIn = (at: number, times: RawFacts['held']): boolean =>
    times.some(
      (one) => one.clientId === client.id && one.start <= at && (one.end === null || at < one.end),
    );
  if (!facts.held.some((one) => one.clientId === client.id)) return 0n;
  const days = new Set<string>();
  const last = Date.parse(`${span.to}T00:00:00Z`) + 2 * 86_400_000;
  let at = Date.parse(`${span.from}T00:00:00Z`) - 86_400_000;
  for (; at < last; at += QUARTER_MS) {
    if (!isIn(at, facts.held) || isIn(at, facts.blocked)) continue;
    const date = localDate(client, at);
    if (date >= span.from && date <= span.to) days.add(date);
  }
  return BigInt(days.size);
}
