import { fieldOf, jsonOf, listOf, textOf } from '../../json.ts';
import { createPostReader, READABLE_HOSTS } from '../../readers/post-readers.ts';
import type { Endpoint, EndpointOwner } from '../endpoint.ts';
import { WEBHOOK_HOSTS } from '../hosts/webhook-hosts.ts';

/** The settings of the `retainer-webhooks` command. */
export interface WebhookConfig {
  readonly retainer: { readonly url: string; readonly token: string };
  readonly listen: { readonly host: string; readonly port: number };
  /** The file that deliveries are kept in. */
  readonly log: string;
  readonly variants: 'collapse' | 'split';
  /** How often posts that wait are looked up at their hosts, in minutes; 0 is never. */
  readonly pollMinutes: number;
  readonly endpoints: readonly ConfiguredEndpoint[];
}

/** An endpoint, and the host's API as far as it was named. */
export interface ConfiguredEndpoint extends Endpoint {
  readonly api:
    | { readonly url: string; readonly headers: Readonly<Record<string, string>> }
    | undefined;
}

/** Why a config file cannot be used: each line says what is wrong and what would be right. */
export class WebhookConfigError extends Error {
  override readonly name = 'WebhookConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const TOP = ['retainer', 'listen', 'log', 'variants', 'pollMinutes', 'endpoints'];
const IN_ENDPOINT = [
  'host',
  'token',
  'client',
  'clients',
  'accountIsClient',
  'agencyWorkspaceId',
  'secrets',
  'api',
];

/**
 * Reads the text of a config file. A value `$NAME` is taken from the environment, so that secrets need not be in it.
 * Throws a `WebhookConfigError` that names every problem.
 */
export function readWebhookConfig(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): WebhookConfig {
  const json = jsonOf(text);
  if (typeof json !== 'object' || json === null) {
    throw new WebhookConfigError(['The file must hold one JSON object.']);
  }
  const reading: Reading = { env, problems: [], where: '' };
  const { problems } = reading;
  problems.push(...strangers(json, TOP, 'the file'));
  const config = configOf(reading, json);
  if (!URL.canParse(config.retainer.url)) {
    problems.push('retainer.url must be an address such as http://127.0.0.1:4400.');
  }
  if (config.endpoints.length === 0) problems.push('endpoints must list at least one endpoint.');
  if (problems.length > 0) throw new WebhookConfigError(problems);
  return config;
}

function configOf(reading: Reading, json: unknown): WebhookConfig {
  return {
    retainer: {
      url: needed(reading, json, 'retainer.url'),
      token: needed(reading, json, 'retainer.token'),
    },
    listen: {
      host: valueOf(reading, fieldOf(json, 'listen', 'host')) ?? '127.0.0.1',
      port: numberOf(reading, fieldOf(json, 'listen', 'port') ?? 4500, 'listen.port'),
    },
    log: valueOf(reading, fieldOf(json, 'log')) ?? '.data/webhooks.log',
    variants: fieldOf(json, 'variants') === 'split' ? 'split' : 'collapse',
    pollMinutes: numberOf(reading, fieldOf(json, 'pollMinutes') ?? 15, 'pollMinutes'),
    endpoints: listOf(fieldOf(json, 'endpoints')).map((endpoint, index) =>
      endpointOf(reading, endpoint, `endpoints[${index}]`),
    ),
  };
}

interface Reading {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly problems: string[];
  /** What the names of settings are read in, with its dot: nothing, or `endpoints[0].`. */
  readonly where: string;
}

function endpointOf(reading: Reading, value: unknown, where: string): ConfiguredEndpoint {
  const { problems } = reading;
  problems.push(...strangers(value, IN_ENDPOINT, where));
  const host = textOf(value, 'host') ?? '';
  const names = WEBHOOK_HOSTS.map(({ name }) => name);
  if (!names.includes(host)) problems.push(`${where}.host must be one of ${names.join(', ')}.`);
  const token = needed({ ...reading, where: `${where}.` }, value, 'token');
  const secrets = listOf(fieldOf(value, 'secrets')).flatMap((one) => valueOf(reading, one) ?? []);
  const api = apiOf(reading, value, where);
  return {
    host,
    token,
    owner: ownerOf(reading, value, where),
    secrets,
    api,
    ...(textOf(value, 'agencyWorkspaceId') !== undefined && {
      agencyWorkspaceId: textOf(value, 'agencyWorkspaceId'),
    }),
    ...(api !== undefined &&
      READABLE_HOSTS.includes(host) && { reader: createPostReader(host, api) }),
  };
}

function ownerOf({ problems }: Reading, value: unknown, where: string): EndpointOwner {
  const client = textOf(value, 'client');
  const clients = fieldOf(value, 'clients');
  const isClientId = fieldOf(value, 'accountIsClient') === true;
  if (client !== undefined && clients === undefined && !isClientId) {
    return { clientWorkspaceId: client };
  }
  if (client !== undefined || (clients === undefined && !isClientId)) {
    problems.push(
      `${where} must say whose posts come: "client" for one, or "clients" by the host's own ids, or "accountIsClient": true.`,
    );
  }
  const entries = typeof clients === 'object' && clients !== null ? Object.entries(clients) : [];
  return {
    clients: Object.fromEntries(entries.map(([account, id]) => [account, String(id)])),
    isClientId,
  };
}

function apiOf(reading: Reading, value: unknown, where: string): ConfiguredEndpoint['api'] {
  const api = fieldOf(value, 'api');
  if (api === undefined) return undefined;
  const url = needed({ ...reading, where: `${where}.api.` }, api, 'url');
  if (!URL.canParse(url)) reading.problems.push(`${where}.api.url must be an address.`);
  const headers = fieldOf(api, 'headers');
  const entries = typeof headers === 'object' && headers !== null ? Object.entries(headers) : [];
  return {
    url,
    headers: Object.fromEntries(
      entries.map(([name, told]) => [name, valueOf(reading, told) ?? '']),
    ),
  };
}

function needed(reading: Reading, value: unknown, path: string): string {
  const found = valueOf(reading, fieldOf(value, ...path.split('.')));
  if (found !== undefined) return found;
  reading.problems.push(
    `${reading.where}${path} is missing. Give a text, or "$NAME" to take it from the environment.`,
  );
  return '';
}

// "$NAME" anywhere in a text stands for a variable of the environment.
function valueOf({ env, problems }: Reading, value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  return value.replaceAll(/\$([A-Z][A-Z0-9_]*)/gu, (_, name: string) => {
    const found = env[name];
    if (found === undefined || found === '') problems.push(`The variable ${name} is not set.`);
    return found ?? '';
  });
}

function numberOf({ problems }: Reading, value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  problems.push(`${name} must be a number of at least 0.`);
  return 0;
}

function strangers(value: unknown, known: readonly string[], where: string): string[] {
  const names = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return names
    .filter((name) => !known.includes(name))
    .map((name) => `"${name}" is not a setting of ${where}. It has ${known.join(', ')}.`);
}
