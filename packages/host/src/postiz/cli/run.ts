import { parseArgs } from 'node:util';

import type { PostizLog } from '../log.ts';
import { check } from './check.ts';
import { readConfig, SetupError } from './config.ts';
import { init } from './init.ts';
import { start, untilStopped } from './start.ts';

/** Where a command says what it does. */
export interface Terminal {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  readonly env: NodeJS.ProcessEnv;
}

const FILE = 'retainer-postiz.json';

const USAGE: string = `usage: retainer-postiz <command> [options]

  init    reads a running Postiz, registers its customers as clients, writes a config file
  check   looks whether Postiz, Retainer and every client are as a start needs them
  start   runs the gateway before Postiz, and the poller

  --config FILE        the config file (${FILE})
  --help               this text

init:
  --postiz URL         where Postiz is, such as http://postiz:5000
  --api-path PATH      what stands before /public/v1 there (/api; '' where the backend itself is named)
  --retainer URL       where Retainer is, such as http://retainer:4400
  --agency ID          the agency workspace in Retainer
  --no-register        lists the clients and registers none
  --force              writes over a config file that is there

The keys are taken from the environment: POSTIZ_API_KEY (Postiz, Settings > Developers > Public API) and
RETAINER_TOKEN (of role host).
`;

/** Runs a command and answers the exit code: 0 well, 1 not well, 2 not understood. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await runCommand(args, terminal);
  } catch (cause) {
    if (cause instanceof SetupError) {
      terminal.err(cause.message);
      return 1;
    }
    if (isMisread(cause)) {
      terminal.err(`${cause.message}\n\n${USAGE}`);
      return 2;
    }
    throw cause;
  }
}

async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: OPTIONS,
    allowPositionals: true,
  });
  const [command] = positionals;
  if (values.help) {
    terminal.out(USAGE);
    return 0;
  }
  switch (command) {
    case 'init':
      await init(initOptions(values, terminal.env), terminal.out);
      return 0;
    case 'check':
      return (await check(await readConfig(values.config, terminal.env), terminal.out)) ? 0 : 1;
    case 'start':
      return runStart(values.config, terminal);
    case undefined:
      terminal.err(USAGE);
      return 2;
    default:
      terminal.err(`There is no command ${command}.\n\n${USAGE}`);
      return 2;
  }
}

const OPTIONS = {
  config: { type: 'string', default: FILE },
  help: { type: 'boolean', short: 'h', default: false },
  postiz: { type: 'string' },
  'api-path': { type: 'string', default: '/api' },
  retainer: { type: 'string' },
  agency: { type: 'string' },
  'no-register': { type: 'boolean', default: false },
  force: { type: 'boolean', default: false },
} as const;

interface InitValues {
  readonly config: string;
  readonly postiz?: string | undefined;
  readonly 'api-path': string;
  readonly retainer?: string | undefined;
  readonly agency?: string | undefined;
  readonly 'no-register': boolean;
  readonly force: boolean;
}

function initOptions(values: InitValues, env: NodeJS.ProcessEnv): Parameters<typeof init>[0] {
  return {
    postizUrl: addressOf('--postiz', values.postiz),
    apiPath: values['api-path'],
    apiKey: keyOf('POSTIZ_API_KEY', env),
    retainerUrl: addressOf('--retainer', values.retainer),
    token: keyOf('RETAINER_TOKEN', env),
    agency: given('--agency', values.agency),
    out: values.config,
    isForced: values.force,
    registers: !values['no-register'],
  };
}

function given(name: string, value: string | undefined): string {
  if (value !== undefined && value !== '') return value;
  throw new SetupError(`init needs ${name}. See retainer-postiz --help`);
}

function addressOf(name: string, value: string | undefined): string {
  const url = given(name, value).replace(/\/+$/u, '');
  if (/^https?:\/\//u.test(url) && URL.canParse(url)) return url;
  throw new SetupError(`${name} is ${url}: it must be an address such as http://postiz:5000.`);
}

function keyOf(name: string, env: NodeJS.ProcessEnv): string {
  const value = env[name];
  if (value !== undefined && value !== '') return value;
  throw new SetupError(`Set ${name} in the environment. See retainer-postiz --help`);
}

async function runStart(path: string, terminal: Terminal): Promise<number> {
  const config = await readConfig(path, terminal.env);
  const started = await start(config, logTo(terminal));
  terminal.out(`listening on ${started.url}, before Postiz at ${config.postiz.url}`);
  terminal.out(
    `webhook of Postiz: <the gateway's public address>/hooks/postiz/${config.webhookToken}`,
  );
  await untilStopped();
  terminal.out('stopping: what is under way is finished first');
  await started.close();
  return 0;
}

/** A line of JSON for each thing that happened. */
function logTo({ err }: Terminal): PostizLog {
  const write = (level: string) => (fields: object, message: string) =>
    err(JSON.stringify({ time: new Date().toISOString(), level, message, ...fields }));
  return { info: write('info'), warn: write('warn') };
}

/** What `parseArgs` throws at an option that it does not know. */
function isMisread(cause: unknown): cause is Error {
  return (
    cause instanceof TypeError && 'code' in cause && String(cause.code).startsWith('ERR_PARSE_ARGS')
  );
}
