import { describe, expect, test } from 'vitest';

import { readSettings, SettingsError } from './env.ts';

const LONG = 'x'.repeat(32);

describe('given the environment of a start', () => {
  test('when nothing is set, then there are defaults', () => {
    expect(readSettings({ PATH: '/bin' })).toEqual({
      port: 4400,
      host: '127.0.0.1',
      databaseUrl: undefined,
      dataDir: '.data',
      backupDir: undefined,
      secret: undefined,
      retiredSecrets: [],
      adminToken: undefined,
      corsOrigins: [],
      logLevel: 'info',
      mail: undefined,
      rateLimitPerMinute: 1_000_000,
      liveStreamsPerAgency: 1_000,
      testClock: false,
      production: false,
    });
  });

  test('when a variable is empty, then it counts as not set', () => {
    expect(readSettings({ DATABASE_URL: '', PORT: '' })).toMatchObject({ port: 4400 });
  });

  test('when settings are good, then they are read', () => {
    expect(
      readSettings({
        NODE_ENV: 'production',
        PORT: '0',
        HOST: '::1',
        DATABASE_URL: 'postgres://u:p@db:5432/app',
        RETAINER_SECRET: LONG,
        RETAINER_ADMIN_TOKEN: LONG,
        CORS_ORIGINS: 'https://a.example, http://localhost:5173',
        LOG_LEVEL: 'warn',
        RATE_LIMIT_PER_MINUTE: '600',
        LIVE_STREAMS_PER_AGENCY: '20',
      }),
    ).toMatchObject({
      port: 0,
      production: true,
      databaseUrl: 'postgres://u:p@db:5432/app',
      corsOrigins: ['https://a.example', 'http://localhost:5173'],
      rateLimitPerMinute: 600,
      liveStreamsPerAgency: 20,
    });
  });

  test.each([
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['PORT', '44.5'],
    ['DATABASE_URL', 'mysql://db/app'],
    ['DATABASE_URL', 'db'],
    ['CORS_ORIGINS', 'app.example.com'],
    ['CORS_ORIGINS', 'https://app.example.com/path'],
    ['LOG_LEVEL', 'loud'],
    ['RATE_LIMIT_PER_MINUTE', '0'],
    ['LIVE_STREAMS_PER_AGENCY', '-1'],
    ['RETAINER_SECRET', 'short'],
    ['RETAINER_RETIRED_SECRETS', `${'x'.repeat(32)},short`],
    ['RETAINER_ADMIN_TOKEN', 'short'],
    ['RETAINER_ADMIN_TOKEN', `${LONG} with spaces`],
    ['RETAINER_TEST_CLOCK', 'yes'],
    ['RETAINER_TESTCLOCK', 'on'],
  ])('when %s is %j, then the start is refused by its name', (name, value) => {
    const start = () => readSettings({ [name]: value });
    expect(start).toThrow(SettingsError);
    expect(start).toThrow(name);
  });

  test('when a server of one’s own is to be backed up by us, then the start is refused', () => {
    const env = { DATABASE_URL: 'postgres://u:p@db/r', BACKUP_DIR: '/var/backups' };
    expect(() => readSettings(env)).toThrow(/BACKUP_DIR is for the embedded PostgreSQL/);
  });

  test('when a secret is wrong, then it is not repeated', () => {
    expect(() => readSettings({ RETAINER_SECRET: 'tooshort' })).toThrow(/^(?!.*tooshort)/s);
  });

  test('when several are wrong, then each is named', () => {
    expect(() => readSettings({ PORT: 'x', LOG_LEVEL: 'x', RETAINER_X: '1' })).toThrow(
      /RETAINER_X[\s\S]*PORT[\s\S]*LOG_LEVEL/,
    );
  });

  test.each([
    [{ NODE_ENV: 'production' }, 'RETAINER_SECRET'],
    [
      { NODE_ENV: 'production', RETAINER_SECRET: LONG, RETAINER_TEST_CLOCK: 'on' },
      'RETAINER_TEST_CLOCK',
    ],
  ])('when production lacks its safety (%j), then the start is refused for %s', (env, name) => {
    expect(() => readSettings(env)).toThrow(name);
  });
});
