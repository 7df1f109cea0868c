import type { Desk } from './desk.ts';
import type { OwnPage } from './gateway/visit.ts';
import type { PollLoop } from './poll/poll-loop.ts';

type Kind = 'health' | 'ready' | 'metrics' | 'findings';

/** A page of the gateway's own: whether it is well, what it counted, and what people should look at. */
export async function pageOf(desk: Desk, polls: PollLoop, kind: Kind): Promise<OwnPage> {
  switch (kind) {
    case 'health':
      return json(200, { status: 'ok' });
    case 'ready':
      return ready(desk, polls);
    case 'metrics':
      return { status: 200, type: 'text/plain; version=0.0.4', text: metricsText(desk, polls) };
    case 'findings':
      return json(200, {
        findings: [...desk.memory.findings.all()].toSorted((a, b) => b.at - a.at).slice(0, 1000),
        unassigned: [...desk.memory.posts.all()].filter((post) => post.clientId === null).length,
        unknown: desk.unknown.list(),
      });
  }
}

/** Ready: Postiz answered a poll, and nothing waits to be told. */
function ready(desk: Desk, polls: PollLoop): OwnPage {
  const lastPoll = polls.lastDone();
  const waiting = desk.memory.errands.size;
  const isReady = lastPoll !== undefined;
  return json(isReady ? 200 : 503, {
    status: isReady ? 'ready' : 'not polled yet',
    lastPollAt: lastPoll === undefined ? null : new Date(lastPoll).toISOString(),
    waitingToBeTold: waiting,
  });
}

function metricsText(desk: Desk, polls: PollLoop): string {
  const counts = desk.tally.counts();
  const lines = [
    '# TYPE retainer_postiz_events_total counter',
    ...Object.entries(counts).map(
      ([name, count]) => `retainer_postiz_events_total{event="${name}"} ${count}`,
    ),
    '# TYPE retainer_postiz_unknown_total counter',
    ...desk.unknown
      .list()
      .map(
        ({ kind, name, count }) =>
          `retainer_postiz_unknown_total{kind="${kind}",name="${escaped(name)}"} ${count}`,
      ),
    '# TYPE retainer_postiz_waiting gauge',
    `retainer_postiz_waiting ${desk.memory.errands.size}`,
    '# TYPE retainer_postiz_posts gauge',
    `retainer_postiz_posts ${desk.memory.posts.size}`,
    '# TYPE retainer_postiz_findings gauge',
    `retainer_postiz_findings ${desk.memory.findings.size}`,
    '# TYPE retainer_postiz_last_poll_seconds gauge',
    `retainer_postiz_last_poll_seconds ${(polls.lastDone() ?? 0) / 1000}`,
  ];
  return `${lines.join('\n')}\n`;
}

function escaped(name: string): string {
  return name.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function json(status: number, body: object): OwnPage {
  return { status, type: 'application/json; charset=utf-8', text: JSON.stringify(body) };
}
