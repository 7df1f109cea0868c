import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { isFields, textOf } from '../api/postiz-rows.ts';

/** Why the command cannot go on, in words for the person who started it. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}

/** A customer of Postiz as a client of Retainer. */
export interface ConfiguredClient {
  readonly clientWorkspaceId: string;
  readonly name: string;
  /** In which times are shown to people. */
  readonly timeZone: string | undefined;
}

/** A config file, checked. */
export interface Config {
  readonly postiz: {
    readonly url: string;
    readonly apiPath: string;
    readonly apiKey: string;
    readonly timeLimitSeconds: number;
  };
  readonly retainer: {
    readonly url: string;
    readonly token: string;
    readonly agencyWorkspaceId: string;
    readonly timeLimitMs: number;
  };
  readonly listen: { readonly host: string; readonly port: number };
  readonly billingUrl: string;
  readonly webhookToken: string;
  readonly dataDir: string;
  readonly onUnavailable: 'allow' | 'deny';
  readonly unassignedChannels: 'agency' | 'allow' | 'deny';
  readonly assistants: 'block' | 'adopt';
  readonly variants: 'collapse' | 'split';
  /** Customers that come after `init`: registered as clients, or left alone. */
  readonly newCustomers: 'register' | 'ignore';
  readonly pollSeconds: number;
  /** By the id of the customer in Postiz. */
  readonly clients: Readonly<Record<string, ConfiguredClient>>;
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads a config file; a value that begins with `$` is taken from the environment. */
export async function readConfig(path: string, env: NodeJS.ProcessEnv): Promise<Config> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new SetupError(`${path} cannot be read. Make it with: retainer-postiz init`);
  });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new SetupError(`${path} is not JSON: ${cause instanceof Error ? cause.message : ''}`);
  }
  if (!isFields(content)) throw new SetupError(`${path} must hold one JSON object.`);
  return parseConfig(content, env);
}

const NAMES = [
  'postiz',
  'retainer',
  'listen',
  'billingUrl',
  'webhookToken',
  'dataDir',
  'onUnavailable',
  'unassignedChannels',
  'assistants',
  'variants',
  'newCustomers',
  'pollSeconds',
  'clients',
];

/** Checks what a config file holds; the first mistake is named with what would be right. */
function parseConfig(content: Fields, env: NodeJS.ProcessEnv): Config {
  refuseUnknown(content, NAMES, '');
  const read = readerOf(content, env);
  const postiz = read.part('postiz', ['url', 'apiPath', 'apiKey', 'timeLimitSeconds']);
  const retainer = read.part('retainer', ['url', 'token', 'agencyWorkspaceId', 'timeLimitMs']);
  const listen = read.part('listen', ['host', 'port']);
  const postizUrl = postiz.url('url');
  return {
    postiz: {
      url: postizUrl,
      apiPath: postiz.path('apiPath', '/api'),
      apiKey: postiz.text('apiKey'),
      timeLimitSeconds: postiz.number('timeLimitSeconds', { fallback: 120, least: 1 }),
    },
    retainer: {
      url: retainer.url('url'),
      token: retainer.text('token'),
      agencyWorkspaceId: retainer.text('agencyWorkspaceId'),
      timeLimitMs: retainer.number('timeLimitMs', { fallback: 2000, least: 50 }),
    },
    listen: {
      host: listen.text('host', '0.0.0.0'),
      port: listen.number('port', { fallback: 4410, least: 0 }),
    },
    billingUrl: read.text('billingUrl', `${postizUrl}/billing`),
    webhookToken: read.text('webhookToken', randomBytes(18).toString('base64url')),
    dataDir: read.text('dataDir', '.retainer-postiz'),
    onUnavailable: read.oneOf('onUnavailable', ['allow', 'deny']),
    unassignedChannels: read.oneOf('unassignedChannels', ['agency', 'allow', 'deny']),
    assistants: read.oneOf('assistants', ['block', 'adopt']),
    variants: read.oneOf('variants', ['collapse', 'split']),
    newCustomers: read.oneOf('newCustomers', ['register', 'ignore']),
    pollSeconds: read.number('pollSeconds', { fallback: 120, least: 1 }),
    clients: clientsIn(content['clients']),
  };
}

interface Reader {
  readonly text: (name: string, fallback?: string) => string;
  readonly url: (name: string) => string;
  /** What stands before a path: nothing, or a text that begins with a slash. */
  readonly path: (name: string, fallback: string) => string;
  readonly number: (
    name: string,
    of: { readonly fallback: number; readonly least: number },
  ) => number;
  /** One of these words; the first where nothing is said. */
  readonly oneOf: <T extends string>(name: string, words: readonly [T, ...T[]]) => T;
  readonly part: (name: string, names: readonly string[]) => Reader;
}

function readerOf(from: Fields, env: NodeJS.ProcessEnv, where = ''): Reader {
  const text = (name: string, fallback?: string): string => {
    const told = from[name] ?? fallback;
    if (typeof told !== 'string' || told === '') {
      throw new SetupError(`${where}${name} is missing: it must be a text.`);
    }
    if (!told.startsWith('$')) return told;
    const value = env[told.slice(1)];
    if (value !== undefined && value !== '') return value;
    throw new SetupError(
      `${where}${name} is ${told}, and the environment has no ${told.slice(1)}.`,
    );
  };
  return {
    text,
    url(name) {
      const url = text(name);
      if (/^https?:\/\//u.test(url) && URL.canParse(url)) return url.replace(/\/+$/u, '');
      throw new SetupError(
        `${where}${name} is ${url}: it must be an address such as http://postiz:5000.`,
      );
    },
    path(name, fallback) {
      const value = from[name] ?? fallback;
      if (typeof value === 'string' && /^(?:\/[^/]+)*$/u.test(value)) return value;
      throw new SetupError(`${where}${name} must be empty, or a path such as /api.`);
    },
    number(name, { fallback, least }) {
      const value = from[name] ?? fallback;
      if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
      throw new SetupError(`${where}${name} must be a whole number of at least ${least}.`);
    },
    oneOf(name, words) {
      const value = from[name] ?? words[0];
      const word = words.find((one) => one === value);
      if (word !== undefined) return word;
      throw new SetupError(`${where}${name} must be one of ${words.join(', ')}.`);
    },
    part(name, names) {
      const value = from[name] ?? {};
      if (!isFields(value)) throw new SetupError(`${where}${name} must be an object.`);
      refuseUnknown(value, names, `${where}${name}.`);
      return readerOf(value, env, `${where}${name}.`);
    },
  };
}

function refuseUnknown(from: Fields, known: readonly string[], where: string): void {
  const unknown = Object.keys(from).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new SetupError(`${where}${unknown} is not a setting. There is ${known.join(', ')}.`);
}

function clientsIn(value: unknown): Record<string, ConfiguredClient> {
  if (value === undefined) return {};
  if (!isFields(value)) throw new SetupError('clients must be an object by customer id.');
  return Object.fromEntries(
    Object.entries(value).map(([customerId, client]) => {
      const told = isFields(client) ? client : { clientWorkspaceId: client };
      const id = textOf(told['clientWorkspaceId']);
      if (id === undefined) {
        throw new SetupError(`clients.${customerId}.clientWorkspaceId must be a text.`);
      }
      const timeZone = textOf(told['timeZone']);
      return [customerId, { clientWorkspaceId: id, name: textOf(told['name']) ?? id, timeZone }];
    }),
  );
}
