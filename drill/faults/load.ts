import { setTimeout as pause } from 'node:timers/promises';

import type { Random } from '../random.ts';
import type { Ask, Asker, Seen } from './ask.ts';
import { answerOf, takesRoom, type Book, type Told } from './book.ts';
import { AGENCY } from './place.ts';

/** Many callers who do what hosts and agencies do, until they are told to stop. */
export interface Load {
  /** Resolves once so many more were answered. */
  readonly answers: (count: number, withinMs: number) => Promise<boolean>;
  readonly stop: () => Promise<void>;
}

export interface LoadOptions {
  readonly asker: Asker;
  readonly random: Random;
  readonly clients: readonly string[];
  readonly book: Book;
  readonly callers: number;
}

/** How long a caller waits that was told to come again. */
const POLITE_MS = 150;

/** Begins. Whatever is asked stands in the book before it is asked. */
export function startLoad(options: LoadOptions): Load {
  const { asker, callers } = options;
  const over = new AbortController();
  const running = Array.from({ length: callers }, async (_, name) => {
    const own: Told[] = [];
    for (let turn = 0; !over.signal.aborted; turn += 1) {
      const seen = await act(options, own, `${name}-${turn}`);
      if (seen.kind !== 'answered') await pause(POLITE_MS);
    }
  });
  return {
    async answers(count, withinMs) {
      const until = performance.now() + withinMs;
      const wanted = asker.counts().answered + count;
      while (asker.counts().answered < wanted) {
        if (performance.now() > until) return false;
        await pause(10);
      }
      return true;
    },
    async stop() {
      over.abort();
      await Promise.all(running);
    },
  };
}

async function act(options: LoadOptions, own: Told[], name: string): Promise<Seen> {
  const { asker, random, book, clients } = options;
  // What was not answered is asked again before anything else.
  const last = own.at(-1);
  if (last && !last.answer) return tell(asker, last);
  const dice = random.next();
  const open = own.filter((told) => takesRoom(told) && !told.end);
  if (dice < 0.25 && open.length > 0) return end(asker, random, random.pick(open));
  if (dice < 0.35 && own.length > 0) return tell(asker, random.pick(own));
  if (dice < 0.45) return asker.ask(look(random, clients));
  const told = wish(random, random.pick(clients), name);
  own.push(told);
  book.push(told);
  return tell(asker, told);
}

/** Asks for something, or for it again, and keeps the first answer. */
async function tell(asker: Asker, told: Told): Promise<Seen> {
  const seen = await asker.ask(told.ask);
  if (seen.kind === 'answered') told.answer ??= answerOf(told.kind, seen.body);
  return seen;
}

async function end(asker: Asker, random: Random, told: Told): Promise<Seen> {
  const as = told.kind === 'post' || random.next() < 0.5 ? 'committed' : 'released';
  told.end = { as, ask: endOf(told, as), isAnswered: false };
  const seen = await asker.ask(told.end.ask);
  if (seen.kind === 'answered') told.end.isAnswered = true;
  return seen;
}

function endOf(told: Told, as: 'committed' | 'released'): Ask {
  const { clientId: clientWorkspaceId, key } = told;
  if (told.kind === 'post') {
    return hook('post-published', { clientWorkspaceId, postId: key, at: new Date() });
  }
  return hook(as === 'committed' ? 'commit' : 'release', { clientWorkspaceId, key });
}

function look(random: Random, clients: readonly string[]): Ask {
  const client = random.pick(clients);
  const path = random.pick([
    `/api/clients/${client}/service-tier`,
    `/api/clients/${client}/time-entries`,
    `/api/clients/${client}/service-tier/limits`,
    `/api/agency/${AGENCY}/kpi-dashboard`,
    `/api/clients/${client}/value-tracking`,
  ]);
  return { method: 'GET', path };
}

const WEEKS = ['2100-01-04T10:00:00Z', '2100-01-12T10:00:00Z'];
const DAY_MS = 86_400_000;

function wish(random: Random, clientId: string, key: string): Told {
  const kind = random.pick(['hold', 'hold', 'hold', 'post', 'hours', 'lead'] as const);
  return { kind, clientId, key, ask: wishOf(kind, { random, clientId, key }) };
}

function wishOf(
  kind: Told['kind'],
  {
    random,
    clientId,
    key,
  }: { readonly random: Random; readonly clientId: string; readonly key: string },
): Ask {
  const client = { clientWorkspaceId: clientId };
  const day = new Date().toISOString().slice(0, 10);
  switch (kind) {
    case 'hold':
      return hook('reserve', { ...client, key, meter: 'posts', scheduledAt: random.pick(WEEKS) });
    case 'post': {
      // The clock that is wrong may be some hours ahead.
      const scheduledAt = new Date(Date.now() + 3 * DAY_MS);
      const channels = [{ id: 'page', platform: 'linkedin' }];
      const post = { ...client, postId: key, idempotencyKey: key, at: new Date() };
      return hook('post-created', { ...post, scheduledAt, channels, contentType: 'reel' });
    }
    case 'hours': {
      const body = { date: day, minutes: random.whole(1, 90), person: 'Ada', idempotencyKey: key };
      return { method: 'POST', path: `/api/clients/${clientId}/time-entries`, body };
    }
    case 'lead': {
      const body = { date: day, kind: 'lead', idempotencyKey: key };
      return { method: 'POST', path: `/api/clients/${clientId}/conversions`, body };
    }
  }
}

function hook(name: string, body: object): Ask {
  return { method: 'POST', path: `/api/hooks/${name}`, body };
}
