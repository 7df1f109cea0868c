import * as fc from 'fast-check';
import { describe, expect } from 'vitest';

import type { ExceptionCode, ListedPost } from '../reconcile/reconciliation.ts';
import { MONDAY, test, type Desk } from '../testing/desk.ts';
import type { Fate } from '../testing/network.ts';

const DAY_MS = 24 * 3_600_000;
const WEEKS = ['2026-03-02T00:00:00.000Z', '2026-03-09T00:00:00.000Z'];
const SPAN = { from: WEEKS[0] ?? '', to: '2026-03-16T00:00:00Z' };

/** A few, to be quick; many where somebody looks for what is rare. */
const RUNS = Number(process.env['CHAOS_RUNS'] ?? 8);

/** What happens to a host, one thing after the other. */
type Step =
  | { readonly do: 'create' | 'publish' | 'fail' | 'delete'; readonly post: number }
  | { readonly do: 'move'; readonly post: number; readonly day: number }
  | { readonly do: 'network'; readonly fates: readonly Fate[] }
  | { readonly do: 'restart' | 'drain' };

const FATES: readonly Fate[] = [
  'arrives',
  'is lost',
  'loses its answer',
  'is answered by a proxy',
  'shows a token that is no good',
];

const post = fc.nat({ max: 7 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('create' as const), post }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('publish' as const), post }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('fail', 'delete'), post }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('move'), post, day: fc.nat({ max: 12 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('network'),
      fates: fc.array(fc.constantFrom(...FATES), { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('restart', 'drain') }) },
);

type State = ListedPost['state'];

/** A host's own table of posts, and what it does with the answers. */
function hostOf(clientWorkspaceId: string) {
  const posts = new Map<number, { state: State; day: number }>();
  const timeOf = (day: number) =>
    new Date(Date.parse(MONDAY) + (day + 0.25) * DAY_MS).toISOString();
  const bodyOf = (id: number, day: number) => ({
    clientWorkspaceId,
    postId: `${clientWorkspaceId}-${id}`,
    scheduledAt: timeOf(day),
    platforms: ['linkedin'],
  });
  const isOpen = (id: number) => ['scheduled', 'failed'].includes(posts.get(id)?.state ?? '');
  const set = (id: number, state: State, day: number) => posts.set(id, { state, day });
  const moves = {
    async create({ hooks }: Desk, id: number) {
      if (posts.has(id)) return;
      // Two weeks share the posts, so that moves cross from one to the other.
      const day = (id * 2) % 13;
      const { decision } = await hooks.postCreated(bodyOf(id, day));
      if (decision !== 'deny') set(id, 'scheduled', day);
    },
    async move({ hooks }: Desk, id: number, day = 0) {
      if (!isOpen(id)) return;
      const { decision } = await hooks.postUpdated(bodyOf(id, day));
      if (decision !== 'deny') set(id, 'scheduled', day);
    },
    async publish({ hooks }: Desk, id: number) {
      const known = posts.get(id);
      if (!known || known.state === 'deleted') return;
      set(id, 'published', known.day);
      // Also where it was told before: hosts tell twice.
      await hooks.postPublished(bodyOf(id, known.day));
    },
    async fail({ hooks }: Desk, id: number) {
      const known = posts.get(id);
      if (known?.state !== 'scheduled') return;
      set(id, 'failed', known.day);
      await hooks.postFailed(bodyOf(id, known.day));
    },
    async delete({ hooks }: Desk, id: number) {
      const known = posts.get(id);
      if (!known) return;
      // What went out stays published in the host's books.
      if (known.state !== 'published') set(id, 'deleted', known.day);
      await hooks.postDeleted({ clientWorkspaceId, postId: bodyOf(id, 0).postId });
    },
  };
  return {
    take: (desk: Desk, one: Extract<Step, { post: number }>) =>
      moves[one.do](desk, one.post, 'day' in one ? one.day : undefined),
    known: (): ListedPost[] =>
      [...posts].map(([id, { state, day }]) => ({ ...bodyOf(id, day), state })),
    publishedIn: (week: string) =>
      [...posts.values()].filter(({ state, day }) => {
        const at = Date.parse(timeOf(day)) - Date.parse(week);
        return state === 'published' && at >= 0 && at < 7 * DAY_MS;
      }).length,
  };
}

async function live(first: Desk, steps: readonly Step[], host: ReturnType<typeof hostOf>) {
  let desk = first;
  for (const one of steps) {
    desk.clock.pass(1000);
    /* oxlint-disable no-await-in-loop -- a life goes one step after the other */
    if (one.do === 'network') {
      let next = 0;
      desk.network.set(() => one.fates[next++ % one.fates.length] ?? 'arrives');
    } else if ('post' in one) await host.take(desk, one);
    else if (one.do === 'restart') desk = await desk.restart();
    else await desk.hooks.drain();
    /* oxlint-enable no-await-in-loop */
  }
  return desk;
}

describe('given a host, a network and a service that fail at any time', () => {
  test(
    'when the outbox has drained and the host reconciled, then usage is what it published',
    async ({ desk }) => {
      // Each life is another client's, at one host that denies or allows as it pleases.
      let rule: 'allow' | 'deny' = 'allow';
      let lives = 0;
      let current = await desk({ onUnavailable: () => rule });
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { minLength: 10, maxLength: 40 }),
          fc.constantFrom('allow' as const, 'deny' as const),
          async (steps, onUnavailable) => {
            rule = onUnavailable;
            lives += 1;
            const clientId = `life-${lives}`;
            await current.addClient(clientId, 'bronze');
            const host = hostOf(clientId);
            current = await live(current, steps, host);
            const { hooks, network, count } = current;
            network.set('arrives');
            expect(await hooks.drain()).toMatchObject({ waiting: 0, refused: 0 });
            const { exceptions } = await hooks.reconcile({ ...SPAN, posts: host.known() });
            expect(exceptions.filter(({ code }) => DISAGREEMENTS.includes(code))).toEqual([]);
            for (const week of WEEKS) {
              // oxlint-disable-next-line no-await-in-loop -- one week after the other
              expect((await count(week, clientId)).used).toBe(host.publishedIn(week));
            }
          },
        ),
        { numRuns: RUNS, seed: 20_260_302 },
      );
    },
    RUNS * 15_000,
  );
});

const DISAGREEMENTS: readonly ExceptionCode[] = [
  'counts_more',
  'counts_less',
  'refused',
  'not_told',
];
