import * as z from 'zod';

import { readMailFrom, readSmtpUrl, type MailSettings } from './reports/mail-settings.ts';

/** What the process was told, checked once at the start. Nothing else reads the environment. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  /** Left out: an embedded PostgreSQL with its files under `dataDir`. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  /** Where the embedded PostgreSQL keeps its log for backups; nowhere if left out. */
  readonly backupDir: string | undefined;
  /** Left out: kept in `dataDir`, made at the first start. */
  readonly secret: string | undefined;
  /** What signed tokens before: those are good until they expire. */
  readonly retiredSecrets: readonly string[];
  readonly adminToken: string | undefined;
  readonly corsOrigins: readonly string[];
  readonly logLevel: string;
  /** Left out: reports are made and nobody is mailed. */
  readonly mail: MailSettings | undefined;
  readonly rateLimitPerMinute: number;
  readonly liveStreamsPerAgency: number;
  readonly testClock: boolean;
  readonly production: boolean;
}

/** The start was refused; the message names each setting that is wrong and what it should be. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const MIN_SECRET_BYTES = 32;
const MIN_ADMIN_TOKEN = 32;
const DEFAULT_RATE_LIMIT = 1_000_000;
const DEFAULT_STREAMS = 1_000;

const number = (min: number, max: number) =>
  z
    .string()
    .refine((text) => /^\d+$/.test(text) && Number(text) >= min && Number(text) <= max, {
      error: `must be a whole number from ${min} to ${max}`,
    })
    .transform(Number);

const environment = z.object({
  NODE_ENV: z.string().optional(),
  PORT: number(0, 65_535).default(4400),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .refine(isPostgresUrl, 'must be a URL such as postgres://user:password@host:5432/database')
    .optional(),
  DATA_DIR: z.string().default('.data'),
  BACKUP_DIR: z.string().optional(),
  CORS_ORIGINS: z
    .string()
    .transform((text) => text.split(',').map((origin) => origin.trim()))
    .refine((origins) => origins.every(isOrigin), {
      error: 'must be origins such as https://app.example.com, separated by commas, or *',
    })
    .default([]),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, trace, silent',
    })
    .default('info'),
  SMTP_URL: z
    .string()
    .transform(readSmtpUrl)
    .refine((smtp) => smtp !== undefined, {
      error:
        'must be a URL such as smtps://user:password@mail.example.com:465, and say nothing more',
    })
    .optional(),
  MAIL_FROM: z
    .string()
    .transform(readMailFrom)
    .refine((from) => from !== undefined, {
      error:
        'must be an address such as reports@example.com or Example Agency <reports@example.com>',
    })
    .optional(),
  RATE_LIMIT_PER_MINUTE: number(1, 1_000_000_000).default(DEFAULT_RATE_LIMIT),
  LIVE_STREAMS_PER_AGENCY: number(1, 1_000_000).default(DEFAULT_STREAMS),
  RETAINER_SECRET: z
    .string()
    .refine((text) => Buffer.byteLength(text) >= MIN_SECRET_BYTES, {
      error: `must be ${MIN_SECRET_BYTES} bytes or more`,
    })
    .optional(),
  RETAINER_RETIRED_SECRETS: z
    .string()
    .transform((text) => text.split(',').map((secret) => secret.trim()))
    .refine((all) => all.every((one) => Buffer.byteLength(one) >= MIN_SECRET_BYTES), {
      error: `must be secrets of ${MIN_SECRET_BYTES} bytes or more, separated by commas`,
    })
    .default([]),
  RETAINER_ADMIN_TOKEN: z
    .string()
    .refine((text) => text.length >= MIN_ADMIN_TOKEN && /^[!-~]+$/.test(text), {
      error: `must be ${MIN_ADMIN_TOKEN} characters or more, printable ASCII without spaces`,
    })
    .refine((text) => !text.includes(','), { error: 'must not contain a comma' })
    .optional(),
  RETAINER_TEST_CLOCK: z.enum(['on', 'off'], { error: 'must be on or off' }).default('off'),
});

/** The settings in `env`; throws a `SettingsError` that names every bad or unknown one, never a value. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  // An empty variable is how shells and compose files say "not set".
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  const problems = [
    ...unknownSettings(given),
    ...(parsed.error?.issues ?? []).map(({ path, message }) => `${path.join('.')} ${message}`),
    ...(parsed.success
      ? [
          ...productionProblems(parsed.data),
          ...mailProblems(parsed.data),
          ...backupProblems(parsed.data),
        ]
      : []),
  ];
  if (!parsed.success || problems.length > 0) {
    throw new SettingsError(
      `Retainer does not start with these settings:\n  ${problems.join('\n  ')}`,
    );
  }
  return settingsOf(parsed.data);
}

type Environment = z.output<typeof environment>;

function settingsOf(env: Environment): Settings {
  return {
    port: env.PORT,
    host: env.HOST,
    databaseUrl: env.DATABASE_URL,
    dataDir: env.DATA_DIR,
    backupDir: env.BACKUP_DIR,
    secret: env.RETAINER_SECRET,
    retiredSecrets: env.RETAINER_RETIRED_SECRETS,
    adminToken: env.RETAINER_ADMIN_TOKEN,
    corsOrigins: env.CORS_ORIGINS,
    logLevel: env.LOG_LEVEL,
    mail: env.SMTP_URL && env.MAIL_FROM && { smtp: env.SMTP_URL, from: env.MAIL_FROM },
    rateLimitPerMinute: env.RATE_LIMIT_PER_MINUTE,
    liveStreamsPerAgency: env.LIVE_STREAMS_PER_AGENCY,
    testClock: env.RETAINER_TEST_CLOCK === 'on',
    production: env.NODE_ENV === 'production',
  };
}

function unknownSettings(env: Readonly<Record<string, unknown>>): string[] {
  const known = Object.keys(environment.shape).filter((name) => name.startsWith('RETAINER_'));
  return Object.keys(env)
    .filter((name) => name.startsWith('RETAINER_') && !known.includes(name))
    .map((name) => `${name} is not a setting; there are ${known.join(', ')}`);
}

function productionProblems(env: Environment): string[] {
  if (env.NODE_ENV !== 'production') return [];
  return [
    ...(env.RETAINER_SECRET === undefined
      ? [`RETAINER_SECRET is required in production: ${MIN_SECRET_BYTES} random bytes or more`]
      : []),
    ...(env.RETAINER_TEST_CLOCK === 'on'
      ? ['RETAINER_TEST_CLOCK must not be on in production: callers could set the time']
      : []),
  ];
}

function mailProblems({ SMTP_URL: smtp, MAIL_FROM: from }: Environment): string[] {
  if ((smtp === undefined) === (from === undefined)) return [];
  return smtp === undefined
    ? ['SMTP_URL is required with MAIL_FROM: without a mail server nobody is mailed']
    : ['MAIL_FROM is required with SMTP_URL: the address that reports are mailed from'];
}

function backupProblems({ BACKUP_DIR: folder, DATABASE_URL: url }: Environment): string[] {
  if (folder === undefined || url === undefined) return [];
  return [
    'BACKUP_DIR is for the embedded PostgreSQL; with DATABASE_URL back that server up itself',
  ];
}

function isPostgresUrl(text: string): boolean {
  return /^postgres(?:ql)?:$/.test(URL.parse(text)?.protocol ?? '');
}

function isOrigin(text: string): boolean {
  return text === '*' || URL.parse(text)?.origin === text;
}
