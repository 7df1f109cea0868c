import { once } from 'node:events';

import type { PostizLog } from '../log.ts';
import { createPostizService, type PostizService } from '../service.ts';
import { openFileStore } from '../state/file-store.ts';
import type { Config, ConfiguredClient } from './config.ts';
import { connect } from './connect.ts';
import { meetCustomers } from './meet-customers.ts';

const DAY_MS = 86_400_000;

/** A service that runs until it is closed. */
export interface Started {
  readonly url: string;
  readonly service: PostizService;
  /** Finishes what is under way, and keeps what could not be told. */
  readonly close: () => Promise<void>;
}

/** Starts gateway, poller and the daily reading of figures. */
export async function start(config: Config, log: PostizLog): Promise<Started> {
  const clients = Object.entries(config.clients);
  const byId = new Map(clients.map(([, client]) => [client.clientWorkspaceId, client]));
  const connection = connect(config);
  const { hooks } = connection;
  const service = await createPostizService({
    hooks,
    postiz: {
      url: config.postiz.url,
      apiPath: config.postiz.apiPath,
      apiKey: config.postiz.apiKey,
      timeLimitMs: config.postiz.timeLimitSeconds * 1000,
    },
    webhookToken: config.webhookToken,
    // A customer that came after `init` is asked for under its own id.
    clientOf: ({ id }) => config.clients[id]?.clientWorkspaceId ?? id,
    meet: meetCustomers(config, connection, log),
    settings: settingsOf(config, byId),
    variants: config.variants,
    store: await openFileStore(config.dataDir),
    pace: { nearMs: config.pollSeconds * 1000, wideMs: DAY_MS, hintMs: 1000 },
    log,
  });
  await service.desk.channels.refresh().catch((cause: unknown) => {
    log.warn({ cause: String(cause) }, 'Postiz does not answer yet; it is asked again');
  });
  for (const { name, clientId } of service.desk.channels.all()) {
    if (clientId === null)
      log.warn({ channel: name }, 'a channel has no customer: its posts are not limited');
  }
  const url = await service.gateway.listen(config.listen);
  service.polls.start();
  const figures = setInterval(() => {
    service.metrics.all().catch((cause: unknown) => {
      service.desk.tally.add('metrics_failed');
      log.warn({ cause: String(cause) }, 'figures could not be collected; it is tried tomorrow');
    });
  }, DAY_MS).unref();
  return {
    url,
    service,
    async close() {
      clearInterval(figures);
      await service.gateway.close();
      await service.close();
    },
  };
}

/** Resolves at the first signal to stop. */
export async function untilStopped(): Promise<void> {
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
}

function settingsOf(
  config: Config,
  byId: ReadonlyMap<string, ConfiguredClient>,
): PostizService['desk']['settings'] {
  const { billingUrl, onUnavailable, unassignedChannels, assistants } = config;
  return {
    billingUrl,
    onUnavailable,
    unassignedChannels,
    assistants,
    timeZoneOf: (clientId) => byId.get(clientId)?.timeZone,
    nameOf: (clientId) => byId.get(clientId)?.name,
    clientIdOf: (named) => config.clients[named]?.clientWorkspaceId ?? named,
  };
}
