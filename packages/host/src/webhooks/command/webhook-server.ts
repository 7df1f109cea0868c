import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createHookCalls } from '../../calls/hook-calls.ts';
import { createTransport } from '../../calls/transport.ts';
import { listMixpostPosts } from '../../mixpost/list-mixpost-posts.ts';
import { createHostApi, HostApiError } from '../../readers/host-api.ts';
import { pollPosts } from '../../readers/poll-posts.ts';
import { webhookHandler } from '../http/node-handler.ts';
import { openFileLog } from '../log/file-log.ts';
import { openReceiver, type WebhookReceiver } from '../receiver.ts';
import type { ConfiguredEndpoint, WebhookConfig } from './webhook-config.ts';

/** A running process, until it is closed. */
export interface WebhookServer {
  readonly url: string;
  readonly receiver: WebhookReceiver;
  /** Looks up, at every host whose API is configured, what waits and what became of it. */
  readonly poll: () => Promise<void>;
  /** Takes no more requests, waits for those under way, and closes the log. */
  readonly close: () => Promise<void>;
}

const DRAIN_EVERY_MS = 5000;
const DAY_MS = 86_400_000;
// Posts older than this have met their fate.
const LOOK_BACK_MS = 14 * DAY_MS;

/** Starts what the `retainer-webhooks` command serves; `log` is told, a line each, what somebody may want to read. */
export async function startWebhookServer(
  config: WebhookConfig,
  log: (line: object) => void,
): Promise<WebhookServer> {
  const deliveries = await openFileLog(config.log);
  const receiver = await openReceiver({
    endpoints: config.endpoints,
    hooks: createHookCalls(createTransport(config.retainer)),
    log: deliveries,
    variants: config.variants,
    onNote: log,
  });
  const handle = webhookHandler(receiver);
  const server = createServer((request, response) => {
    if (request.url === '/healthz') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(receiver.status()));
      return;
    }
    handle(request, response)
      .then((isOurs) => (isOurs ? undefined : response.writeHead(404).end()))
      .catch((error: unknown) => {
        log({ flag: 'error', detail: messageOf(error) });
        // It was not kept: the host must send it again.
        response.writeHead(503, { 'retry-after': '5' }).end();
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(config.listen.port, config.listen.host, resolve);
  });
  const poll = (): Promise<void> => pollAll(config, receiver, log);
  const timers = [repeat(receiver.drain, DRAIN_EVERY_MS, log)];
  if (config.pollMinutes > 0) timers.push(repeat(poll, config.pollMinutes * 60_000, log));
  await receiver.drain();
  return {
    url: `http://${config.listen.host}:${portOf(server.address())}`,
    receiver,
    poll,
    close: async () => {
      for (const timer of timers) clearInterval(timer);
      await new Promise((resolve) => server.close(resolve));
      await deliveries.close();
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function repeat(
  work: () => Promise<void>,
  everyMs: number,
  log: (line: object) => void,
): NodeJS.Timeout {
  let isBusy = false;
  return setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    void work()
      .catch((error: unknown) => log({ flag: 'error', detail: messageOf(error) }))
      .finally(() => {
        isBusy = false;
      });
  }, everyMs).unref();
}

async function pollAll(
  config: WebhookConfig,
  receiver: WebhookReceiver,
  log: (line: object) => void,
): Promise<void> {
  for (const endpoint of config.endpoints) {
    const { reader } = endpoint;
    if (reader === undefined) continue;
    try {
      // oxlint-disable-next-line no-await-in-loop -- a host's rate limit is not ours to spend at once
      await pollPosts({ receiver, endpoint, reader, list: () => listPosts(endpoint) });
    } catch (error) {
      if (!(error instanceof HostApiError)) throw error;
      log({ flag: 'poll_failed', host: endpoint.host, detail: error.message });
    }
  }
}

// Where the posts of a host cannot be listed, only those that wait are asked for, one by one.
async function listPosts({ host, api }: ConfiguredEndpoint) {
  if (host !== 'mixpost' || api === undefined) return [];
  const since = new Date(Date.now() - LOOK_BACK_MS).toISOString();
  return listMixpostPosts(createHostApi(api), since);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
