import { randomUUID } from 'node:crypto';

import type { Decision, HookAnswers } from '../calls/hook-answers.ts';
import type {
  CheckBody,
  EventBodies,
  HookBodies,
  PostBody,
  ReserveBody,
} from '../calls/hook-bodies.ts';
import type { RunSql } from '../outbox/postgres-outbox.ts';
import { hookErrorOf } from './core-error.ts';
import type { CoreContext, CoreLibrary } from './core-library.ts';

/** A host that runs core in a transaction of its own. */
export interface LibraryOptions {
  readonly core: CoreLibrary;
  /** Runs SQL on the connection that has the transaction open. */
  readonly query: RunSql;
  readonly agencyWorkspaceId: string;
  /** What `recordMetrics` of core works with: `createContext` makes one. Needed for figures alone. */
  readonly context?: object | undefined;
  /** The agency's rule for a channel that belongs to no client. Default `allow`. */
  readonly unassignedChannels?: 'allow' | 'deny' | undefined;
  readonly now?: (() => Date) | undefined;
}

/**
 * The hooks inside one transaction of the host's: its row and our hold commit together or vanish together, so nothing
 * is queued and nothing can be unavailable by itself. Each rejects with a `HookError` where the call is wrong.
 */
export type LibraryHooks = {
  readonly [THook in keyof EventBodies]: (body: EventBodies[THook]) => Promise<HookAnswers[THook]>;
} & {
  readonly beforePublish: (body: CheckBody) => Promise<Decision>;
  readonly recordMetrics: (body: HookBodies['metrics']) => Promise<HookAnswers['metrics']>;
};

/** The hooks of one open transaction; cheap to make for each. */
export function createLibraryHooks(options: LibraryOptions): LibraryHooks {
  const { core, query, unassignedChannels = 'allow', now = () => new Date() } = options;
  const context: CoreContext = {
    gate: core.hostGate({ query: async (text, values) => rowsOf(await query(text, values)) }),
    agencyId: options.agencyWorkspaceId,
    now,
    unassignedChannels: async () => unassignedChannels,
  };
  const tell =
    <THook extends keyof EventBodies>(type: THook) =>
    (body: EventBodies[THook]): Promise<HookAnswers[THook]> =>
      answered<THook>(async () => {
        const input = core.HookInputs[type].parse(ownBody(body, options));
        return core.tellHook(context, { type, input });
      });
  const [postCreated, reserve] = [tell('postCreated'), tell('reserve')];
  return {
    postCreated,
    postUpdated: tell('postUpdated'),
    postPublished: tell('postPublished'),
    postFailed: tell('postFailed'),
    postDeleted: tell('postDeleted'),
    uploadCreated: tell('uploadCreated'),
    uploadDeleted: tell('uploadDeleted'),
    reserve,
    commit: tell('commit'),
    release: tell('release'),
    move: tell('move'),
    attach: tell('attach'),
    beforePublish: (body) => asQuestion(query, () => askOf(body, { postCreated, reserve })),
    recordMetrics: (body) =>
      answered<'metrics'>(async () => {
        if (!options.context) throw new Error(NO_CONTEXT);
        const input = core.RecordMetricsInput.parse(ownBody(body, options));
        return core.recordMetrics(options.context, input);
      }),
  };
}

const NO_CONTEXT =
  'Figures need a context of core: pass `context: createContext({ ... })` beside `core`.';

/** The ask behind a question: of a post, or of a quantity of any meter. */
function askOf(
  { meter = 'posts', quantity = 1, ...post }: CheckBody,
  { postCreated, reserve }: Pick<LibraryHooks, 'postCreated' | 'reserve'>,
): Promise<Decision> {
  const { clientWorkspaceId } = post;
  const key = randomUUID();
  if (clientWorkspaceId === null || (meter === 'posts' && quantity === 1)) {
    const { idempotencyKey: _asked, ...facts } = post;
    return postCreated(facts.postId === undefined ? { ...facts, idempotencyKey: key } : facts);
  }
  return reserve({ clientWorkspaceId, key, meter, quantity, ...whereAndWhen(post) });
}

function whereAndWhen({ platforms, channels, scheduledAt }: PostBody): Partial<ReserveBody> {
  const where = platforms ?? channels?.map(({ platform }) => platform);
  return { ...(where && { platforms: where }), ...(scheduledAt !== undefined && { scheduledAt }) };
}

/** Asks in earnest, and takes it back: the answer is exact, and nothing stays of it but the client's lock. */
async function asQuestion(query: RunSql, ask: () => Promise<Decision>): Promise<Decision> {
  await query('savepoint retainer_question', []);
  try {
    return { ...(await ask()), reservationId: null };
  } finally {
    await query('rollback to savepoint retainer_question', []);
    await query('release savepoint retainer_question', []);
  }
}

/** The body without the agency, which is the transaction's own. */
function ownBody(
  { agencyWorkspaceId: named, ...body }: { readonly agencyWorkspaceId?: string },
  { agencyWorkspaceId: own }: LibraryOptions,
): object {
  if (named === undefined || named === own) return body;
  throw new Error(`These hooks are of agency "${own}"; "${named}" needs a transaction of its own.`);
}

/** Core's answer as a service gives it, with instants as text; its refusals as `HookError`. */
async function answered<THook extends keyof HookAnswers>(
  work: () => Promise<object>,
): Promise<HookAnswers[THook]> {
  try {
    return wireOf<THook>(await work());
  } catch (error) {
    throw hookErrorOf(error);
  }
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it names what the answer is taken for
function wireOf<THook extends keyof HookAnswers>(answer: object): HookAnswers[THook] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what core answers, the API puts on the wire as it is
  return JSON.parse(JSON.stringify(answer)) as HookAnswers[THook];
}

// Core names the columns that its own statements have.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it names what was asked for
function rowsOf<T>(rows: readonly object[]): T[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return [...rows] as T[];
}
