import type { HookCalls, HookEvent, HookOutcome, PostBody } from '@retainer/host';

/** What Retainer was told while a case ran, and what it answered. */
export interface Recorder {
  readonly hooks: HookCalls;
  /** Every ask of a gateway. */
  readonly asks: readonly PostBody[];
  /** What was last said of each post: `held`, `used`, or gone. */
  readonly posts: ReadonlyMap<string, 'held' | 'used' | 'gone' | 'draft'>;
  /** Whose posts were published. */
  readonly clients: ReadonlySet<string>;
}

/** The hooks, with what passes through them written down. */
export function recordHooks(hooks: HookCalls): Recorder {
  const asks: PostBody[] = [];
  const posts = new Map<string, 'held' | 'used' | 'gone' | 'draft'>();
  const clients = new Set<string>();
  return {
    asks,
    posts,
    clients,
    hooks: {
      ...hooks,
      postCreated: (body) => {
        asks.push(body);
        return hooks.postCreated(body);
      },
      postUpdated: (body) => {
        asks.push(body);
        return hooks.postUpdated(body);
      },
      events: async (body) => {
        const answer = await hooks.events(body);
        body.events.forEach((event, index) => {
          const outcome = answer.results[index];
          if (outcome?.ok === true) write({ posts, clients }, event, outcome);
        });
        return answer;
      },
    },
  };
}

type States = Map<string, 'held' | 'used' | 'gone' | 'draft'>;

function write(
  into: { readonly posts: States; readonly clients: Set<string> },
  event: HookEvent,
  outcome: Extract<HookOutcome, { readonly ok: true }>,
): void {
  const postId = 'postId' in event ? event.postId : undefined;
  if (postId === undefined) return;
  if (event.type === 'postPublished' && event.clientWorkspaceId !== null) {
    into.clients.add(event.clientWorkspaceId);
  }
  if (into.posts.get(postId) === 'used') return;
  into.posts.set(postId, stateAfter(event, outcome));
}

function stateAfter(
  event: HookEvent,
  { answer }: Extract<HookOutcome, { readonly ok: true }>,
): 'held' | 'used' | 'gone' | 'draft' {
  if (event.type === 'postPublished') return 'used';
  if (event.type === 'postCreated' || event.type === 'postUpdated') {
    return event.status === 'draft' ? 'draft' : 'held';
  }
  return 'status' in answer && answer.status === 'held' ? 'held' : 'gone';
}
