#!/usr/bin/env node
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { readWebhookConfig, WebhookConfigError } from './webhook-config.ts';
import { startWebhookServer } from './webhook-server.ts';

const USAGE = `usage: retainer-webhooks CONFIG

Takes webhooks of post schedulers at /hooks/<host>/<token> and tells Retainer what became of each post.
CONFIG is a JSON file:

  {
    "retainer": { "url": "http://127.0.0.1:4400", "token": "$RETAINER_HOST_TOKEN" },
    "listen": { "host": "127.0.0.1", "port": 4500 },
    "log": ".data/webhooks.log",
    "endpoints": [
      {
        "host": "mixpost",
        "token": "$BAKERY_HOOK_TOKEN",
        "client": "bakery",
        "secrets": ["$BAKERY_HOOK_SECRET"],
        "api": { "url": "https://posts.example.com/mixpost/api/<workspace>", "headers": { "Authorization": "Bearer $MIXPOST_TOKEN" } }
      }
    ]
  }

$NAME is taken from the environment. GET /healthz answers what came, what waits and what was not understood.
`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(USAGE);
    return 0;
  }
  const [path] = args;
  if (path === undefined || args.length > 1 || path.startsWith('-')) {
    process.stderr.write(USAGE);
    return 2;
  }
  try {
    await serve(path);
    return 0;
  } catch (error) {
    const isKnown = error instanceof WebhookConfigError || isFileError(error);
    if (!isKnown || !(error instanceof Error)) throw error;
    process.stderr.write(`${path}: ${error.message}\n`);
    return 2;
  }
}

async function serve(path: string): Promise<void> {
  const config = readWebhookConfig(await readFile(path, 'utf8'), process.env);
  await mkdir(dirname(config.log), { recursive: true });
  const server = await startWebhookServer(config, write);
  for (const { host, secrets = [], reader } of config.endpoints) {
    if (secrets.length === 0 && reader === undefined && host !== 'postiz') {
      write({
        flag: 'unsigned',
        host,
        detail: 'no secret and no api: a publish there never counts',
      });
    }
  }
  process.stdout.write(`retainer-webhooks is listening on ${server.url}\n`);
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve()).once('SIGINT', () => resolve());
  });
  await server.close();
}

function write(line: object): void {
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`);
}

function isFileError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
