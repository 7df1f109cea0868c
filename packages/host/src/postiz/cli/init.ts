import { randomBytes } from 'node:crypto';
import { access, writeFile } from 'node:fs/promises';

import { createTransport } from '../../calls/transport.ts';
import { createPostizApi, PostizError } from '../api/postiz-api.ts';
import type { PostizChannel, PostizCustomer } from '../api/postiz-rows.ts';
import { SetupError } from './config.ts';

/** What `init` was told. */
export interface InitOptions {
  readonly postizUrl: string;
  readonly apiPath: string;
  readonly apiKey: string;
  readonly retainerUrl: string;
  readonly token: string;
  readonly agency: string;
  readonly out: string;
  /** Writes over a file that is there. */
  readonly isForced: boolean;
  /** Registers the customers as clients of the agency; else they are only listed. */
  readonly registers: boolean;
}

type Say = (line: string) => void;

/** Reads the customers and channels of a running Postiz, registers them as clients, and writes a config file. */
export async function init(options: InitOptions, say: Say): Promise<void> {
  await refuseOverwrite(options);
  say(`1/4 reading Postiz at ${options.postizUrl}${options.apiPath}`);
  const { customers, channels } = await readPostiz(options);
  say(`    ${customers.length} customers, ${channels.length} channels`);
  say(
    `2/4 ${options.registers ? 'registering clients in' : 'leaving'} Retainer at ${options.retainerUrl}`,
  );
  const failed = options.registers ? await register(options, customers) : [];
  for (const line of failed) say(`    ${line}`);
  say('3/4 who is who');
  for (const line of mapping(customers, channels)) say(`    ${line}`);
  await writeFile(options.out, configText(options, customers), { mode: 0o600 });
  say(`4/4 wrote ${options.out}`);
  say('');
  say(
    'Set POSTIZ_API_KEY and RETAINER_TOKEN in the environment, assign tiers to the clients, then:',
  );
  say(`  retainer-postiz check --config ${options.out}`);
  say(`  retainer-postiz start --config ${options.out}`);
  if (failed.length > 0) throw new SetupError(`${failed.length} clients could not be registered.`);
}

async function refuseOverwrite({ out, isForced }: InitOptions): Promise<void> {
  const isThere = await access(out).then(
    () => true,
    () => false,
  );
  if (isThere && !isForced) {
    throw new SetupError(
      `${out} is there already. Write over it with --force, or name another with --config.`,
    );
  }
}

async function readPostiz(
  options: InitOptions,
): Promise<{ readonly customers: PostizCustomer[]; readonly channels: PostizChannel[] }> {
  const { postizUrl, apiPath, apiKey } = options;
  const postiz = createPostizApi({ url: `${postizUrl}${apiPath}`, apiKey });
  try {
    await postiz.isConnected();
    return { customers: await postiz.listCustomers(), channels: await postiz.listChannels() };
  } catch (cause) {
    if (cause instanceof PostizError) throw new SetupError(cause.message);
    throw cause;
  }
}

/** What went wrong, a line for each client. */
async function register(
  { retainerUrl, token, agency }: InitOptions,
  customers: readonly PostizCustomer[],
): Promise<string[]> {
  const rest = createTransport({ url: retainerUrl, token, timeLimitMs: 10_000 });
  const failed: string[] = [];
  for (const { id, name } of customers) {
    const path = `/api/agency/${encodeURIComponent(agency)}/clients/${encodeURIComponent(id)}`;
    try {
      // oxlint-disable-next-line no-await-in-loop -- few, and each is told of by itself
      await rest({ method: 'PUT', path, body: { name } });
    } catch (cause) {
      failed.push(`${name} (${id}): ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  }
  return failed;
}

function mapping(
  customers: readonly PostizCustomer[],
  channels: readonly PostizChannel[],
): string[] {
  const lines = customers.map(({ id, name }) => {
    const own = channels.filter((channel) => channel.customer?.id === id);
    return `${name} (${id}): ${own.map((one) => `${one.name} on ${one.identifier}`).join(', ') || 'no channel'}`;
  });
  const orphans = channels.filter(({ customer }) => customer === undefined);
  if (orphans.length === 0) return lines;
  const names = orphans.map((one) => `${one.name} on ${one.identifier}`).join(', ');
  return [
    ...lines,
    `of nobody: ${names}. Give each a customer in Postiz, or its posts are not limited`,
  ];
}

function configText(options: InitOptions, customers: readonly PostizCustomer[]): string {
  const config = {
    postiz: { url: options.postizUrl, apiPath: options.apiPath, apiKey: '$POSTIZ_API_KEY' },
    retainer: {
      url: options.retainerUrl,
      token: '$RETAINER_TOKEN',
      agencyWorkspaceId: options.agency,
    },
    listen: { host: '0.0.0.0', port: 4410 },
    billingUrl: `${options.postizUrl}/billing`,
    webhookToken: randomBytes(18).toString('base64url'),
    dataDir: '.retainer-postiz',
    onUnavailable: 'allow',
    unassignedChannels: 'agency',
    assistants: 'block',
    newCustomers: options.registers ? 'register' : 'ignore',
    clients: Object.fromEntries(
      customers.map(({ id, name }) => [id, { clientWorkspaceId: id, name, timeZone: 'UTC' }]),
    ),
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}
