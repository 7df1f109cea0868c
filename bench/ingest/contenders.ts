import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { createCaller } from '@retainer/api';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

import { postJson, startApi } from '../api-process.ts';
import type { Poll } from './polls.ts';
import type { World } from './world.ts';

/** A way for observations into the table. What can be done before a poll is sent is not its cost. */
export interface Contender {
  readonly name: string;
  /** Readies a poll of a client; what comes back sends it. */
  readonly ready: (clientId: string, poll: Poll) => Promise<(caller: number) => Promise<unknown>>;
  readonly close: () => Promise<void>;
}

/** The procedure in this process, from its input to its answer. */
export function procedure({ core, agencyId, now }: World): Contender {
  const caller = createCaller({
    services: core.services,
    mintToken: () => Promise.reject(new Error('nobody asks for tokens here')),
    actor: { role: 'host', agencyId },
    now,
    requestId: 'bench',
  });
  return {
    name: 'procedure',
    ready: async (clientWorkspaceId, poll) => () =>
      caller.hooks.metrics({ clientWorkspaceId, observations: [...poll] }),
    close: async () => undefined,
  };
}

/** The served API, by plain REST. */
export async function rest({ url, agencyId }: World): Promise<Contender> {
  // What the figures make of it is measured apart: with the test clock on no worker takes its part of the machine.
  const api = await startApi(url, agencyId, { RETAINER_TEST_CLOCK: 'on' });
  return {
    name: 'rest',
    ready: async (clientWorkspaceId, observations) => {
      const body = JSON.stringify({ clientWorkspaceId, observations });
      return () => postJson(api, '/api/hooks/metrics', body);
    },
    close: api.close,
  };
}

/** The peer: the rows as text, their series known, by COPY into the same table. */
export async function copy(world: World, callers: number): Promise<Contender> {
  const clients = await Promise.all(
    Array.from({ length: callers }, async () => {
      const client = new pg.Client({ connectionString: world.url });
      await client.connect();
      return client;
    }),
  );
  return {
    name: 'copy',
    async ready(clientId, poll) {
      const text = await copyText(world, clientId, poll);
      return async (caller) => {
        const client = clients[caller];
        if (client) await pipeline(Readable.from([text]), client.query(copyFrom(COPY)));
      };
    },
    async close() {
      await Promise.all(clients.map((client) => client.end()));
    },
  };
}

const COPY =
  'copy retainer.observation (agency_id, series_id, at, client_id, local_date, value) from stdin';

async function copyText({ owner, agencyId }: World, clientId: string, poll: Poll) {
  const { rows } = await owner.query<{ id: string }>(SERIES, [
    agencyId,
    clientId,
    poll.map(({ postId }) => postId),
    poll.map(({ platform }) => platform),
    poll.map(({ metric }) => metric),
  ]);
  const lines = poll.map(({ at, value }, index) =>
    [agencyId, rows[index]?.id, at, clientId, at.slice(0, 10), value].join('\t'),
  );
  return `${lines.join('\n')}\n`;
}

const SERIES = `
with wanted as (
  select * from unnest($3::text[], $4::text[], $5::text[]) with ordinality w(subject, platform, metric, place)
), added as (
  insert into retainer.series (agency_id, client_id, level, subject, platform, metric, kind)
  select $1, $2, 'post', subject, platform, metric, 'lifetime' from wanted on conflict do nothing
  returning id, subject, platform, metric
), known as (
  select id, subject, platform, metric from retainer.series where agency_id = $1 and client_id = $2
  union all select * from added
)
select k.id from wanted w join known k using (subject, platform, metric) order by w.place`;
