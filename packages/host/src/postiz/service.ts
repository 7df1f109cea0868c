import type { HookCalls } from '../calls/hook-calls.ts';
import type { Variants } from '../vocabulary/platforms.ts';
import { createUnknownNames } from '../vocabulary/unknown-names.ts';
import { createPostizApi } from './api/postiz-api.ts';
import { createAskDesk } from './asks.ts';
import { createChannelBook, type ClientOf } from './channels.ts';
import { createMetricsCollector, type MetricsCollector } from './collect-metrics.ts';
import type { Desk, PostizSettings } from './desk.ts';
import { createErrands } from './errands.ts';
import { createPostizGateway, type OwnPage, type PostizGateway } from './gateway/gateway.ts';
import { heedWebhook } from './heed-webhook.ts';
import { findingsIn, warnRefused } from './heed.ts';
import type { PostizLog } from './log.ts';
import { pageOf } from './pages.ts';
import { createPollLoop, type PollLoop, type PollPace } from './poll/poll-loop.ts';
import { createPoller, type Poller } from './poll/poller.ts';
import { openMemory } from './state/memory.ts';
import type { StateStore } from './state/state-store.ts';
import { createTally } from './tally.ts';

/** What a gateway and a poller for one Postiz organization are made of. */
export interface PostizServiceOptions {
  readonly hooks: HookCalls;
  readonly postiz: {
    /** What requests are passed on to. */
    readonly url: string;
    /** What stands before `/public/v1` there: `/api` in the bundled image. */
    readonly apiPath: string;
    readonly apiKey: string;
    /** How long it may take over a create call, in milliseconds. */
    readonly timeLimitMs: number;
  };
  readonly webhookToken: string;
  readonly clientOf: ClientOf;
  readonly settings: PostizSettings;
  /** Whether a page and a profile of a network are one platform of a tier. Default: they are. */
  readonly variants?: Variants | undefined;
  readonly store: StateStore;
  readonly pace: PollPace;
  readonly log: PostizLog;
  readonly now?: () => number;
}

/** A gateway, a poller and what they share. */
export interface PostizService {
  readonly desk: Desk;
  readonly gateway: PostizGateway;
  readonly poller: Poller;
  readonly polls: PollLoop;
  readonly metrics: MetricsCollector;
  /** Ends the polls, waits for what is under way and keeps what is not told yet. */
  readonly close: () => Promise<void>;
}

/** Puts a gateway and a poller together; nothing listens or polls yet. */
export async function createPostizService(options: PostizServiceOptions): Promise<PostizService> {
  const { hooks, postiz, log, settings, now = Date.now } = options;
  const memory = await openMemory(options.store);
  const tally = createTally();
  const unknown = createUnknownNames();
  const api = createPostizApi({ url: `${postiz.url}${postiz.apiPath}`, apiKey: postiz.apiKey });
  const errands = createErrands({ memory, hooks, log }, (told) => {
    warnRefused({ log, tally }, told);
    // It is remembered all the same; only a restart would not know of it.
    memory.put(findingsIn(memory, told, now())).catch((cause: unknown) => {
      log.warn({ cause: String(cause) }, 'What Retainer said of a post could not be kept');
    });
  });
  const desk: Desk = {
    hooks,
    asks: createAskDesk(hooks),
    errands,
    postiz: api,
    channels: createChannelBook(api, {
      clientOf: options.clientOf,
      platforms: { host: 'postiz', unknown, variants: options.variants },
    }),
    memory,
    settings,
    tally,
    unknown,
    log,
    now,
  };
  const poller = createPoller(desk, { answerMs: postiz.timeLimitMs });
  const polls = createPollLoop(desk, poller, options.pace);
  const gateway = createPostizGateway(desk, {
    postizUrl: postiz.url,
    timeLimitMs: postiz.timeLimitMs,
    webhookToken: options.webhookToken,
    onWebhook: async (body) => polls.soon(await heedWebhook(desk, body)),
    pollSoon: () => polls.soon(),
    page: (kind): Promise<OwnPage> => pageOf(desk, polls, kind),
  });
  errands.wake();
  return {
    desk,
    gateway,
    poller,
    polls,
    metrics: createMetricsCollector(desk),
    async close() {
      await polls.stop();
      await errands.idle();
      errands.close();
      await memory.close();
    },
  };
}
