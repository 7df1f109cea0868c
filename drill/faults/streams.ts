import { Agent, get, type IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

import type { ApiProcess } from '../process/api-process.ts';
import { fieldOf } from './book.ts';
import { AGENCY } from './place.ts';

/** Dashboards that stay open, and come back when they are cut off, as a browser's do. */
export interface Dashboards {
  /** Drops all connections at once, without a goodbye; they come back. */
  readonly drop: () => void;
  /** How many have heard of a client since; waits for all of them. */
  readonly heardOf: (clientId: string, sinceMs: number, withinMs: number) => Promise<number>;
  readonly count: number;
  readonly close: () => Promise<void>;
}

interface Dashboard {
  response: IncomingMessage | undefined;
  heard: { readonly clients: readonly string[] | null; readonly atMs: number }[];
  lastEventId: string | undefined;
}

const COME_BACK_MS = 300;

/** Opens so many, each on a connection of its own. A refusal but 503 with Retry-After is a violation. */
export function openDashboards(
  server: ApiProcess,
  { token, count }: { readonly token: string; readonly count: number },
  violated: (what: string) => void,
): Dashboards {
  const agent = new Agent({ keepAlive: false, maxSockets: Infinity });
  const closing = new AbortController();
  const all = Array.from({ length: count }, (): Dashboard => ({
    response: undefined,
    heard: [],
    lastEventId: undefined,
  }));
  const keep = async (dashboard: Dashboard): Promise<void> => {
    while (!closing.signal.aborted) {
      await listen(server, { agent, token, dashboard }).catch((error: unknown) => {
        if (error instanceof Refused) violated(error.message);
      });
      await pause(COME_BACK_MS * (0.5 + Math.random()));
    }
  };
  const running = Promise.all(all.map(keep));
  return {
    count,
    drop: () => {
      for (const { response } of all) response?.destroy();
    },
    async heardOf(clientId, sinceMs, withinMs) {
      const has = ({ heard }: Dashboard): boolean =>
        heard.some(({ atMs, clients }) => atMs >= sinceMs && (clients?.includes(clientId) ?? true));
      const until = performance.now() + withinMs;
      while (!all.every(has) && performance.now() < until) await pause(20);
      const heard = all.filter(has).length;
      for (const dashboard of all) dashboard.heard = [];
      return heard;
    },
    async close() {
      closing.abort();
      for (const { response } of all) response?.destroy();
      agent.destroy();
      await running;
    },
  };
}

interface Listening {
  readonly agent: Agent;
  readonly token: string;
  readonly dashboard: Dashboard;
}

/** Listens until the connection ends. */
async function listen({ url }: ApiProcess, { agent, token, dashboard }: Listening): Promise<void> {
  const path = `${url}/api/agency/${AGENCY}/kpi-dashboard/live`;
  const { lastEventId } = dashboard;
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'text/event-stream',
    ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
  };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(path, { agent, headers }, resolve).once('error', reject);
  });
  const { statusCode } = response;
  if (statusCode !== 200) {
    response.resume();
    if (statusCode === 503 && response.headers['retry-after'] !== undefined) return;
    throw new Refused(`a dashboard was refused: ${statusCode}`);
  }
  dashboard.response = response;
  let text = '';
  for await (const part of response.setEncoding('utf8')) {
    const blocks = `${text}${String(part)}`.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) hear(dashboard, block);
  }
}

function hear(dashboard: Dashboard, block: string): void {
  const data = /^data: (.*)$/mu.exec(block)?.[1];
  if (data === undefined) return;
  dashboard.lastEventId = /^id: (.*)$/mu.exec(block)?.[1];
  const clients = fieldOf(JSON.parse(data), 'clients');
  dashboard.heard.push({
    clients: Array.isArray(clients) ? clients.map(String) : null,
    atMs: performance.now(),
  });
}

class Refused extends Error {}
