import { describe, expect, test } from 'vitest';

import { readWebhookConfig, WebhookConfigError } from './webhook-config.ts';

const env = { TOKEN: 'host-token', HOOK: 'a-long-token', SECRET: 's3cret', EMPTY: '' };
const endpoint = { host: 'mixpost', token: '$HOOK', client: 'bakery', secrets: ['$SECRET'] };
const good = { retainer: { url: 'http://127.0.0.1:4400', token: '$TOKEN' }, endpoints: [endpoint] };

function problemsOf(config: unknown): readonly string[] {
  try {
    readWebhookConfig(typeof config === 'string' ? config : JSON.stringify(config), env);
    return [];
  } catch (error) {
    if (error instanceof WebhookConfigError) return error.problems;
    throw error;
  }
}

describe('given a config file', () => {
  test('when it is good, then secrets come from the environment and the rest has its defaults', () => {
    const config = readWebhookConfig(JSON.stringify(good), env);
    expect(config).toMatchObject({
      retainer: { token: 'host-token' },
      listen: { host: '127.0.0.1', port: 4500 },
      endpoints: [
        { token: 'a-long-token', secrets: ['s3cret'], owner: { clientWorkspaceId: 'bakery' } },
      ],
    });
    expect(config.endpoints[0]?.reader).toBeUndefined();
  });

  test('when an endpoint names the API of its host, then posts are read there', () => {
    const api = {
      url: 'https://posts.test/mixpost/api/w1',
      headers: { authorization: 'Bearer $SECRET' },
    };
    const config = readWebhookConfig(
      JSON.stringify({ ...good, endpoints: [{ ...endpoint, api }] }),
      env,
    );
    expect(config.endpoints[0]?.api?.headers).toEqual({ authorization: 'Bearer s3cret' });
    expect(config.endpoints[0]?.reader).toBeDefined();
  });

  test.each([
    ['not JSON', '{', 'The file must hold one JSON object.'],
    ['empty', {}, 'retainer.url is missing'],
    ['a stranger', { ...good, endpoint: [] }, '"endpoint" is not a setting of the file'],
    ['no endpoint', { ...good, endpoints: [] }, 'endpoints must list at least one endpoint.'],
    [
      'an unknown host',
      { ...good, endpoints: [{ ...endpoint, host: 'myspace' }] },
      'endpoints[0].host must be one of',
    ],
    [
      'nobody',
      { ...good, endpoints: [{ host: 'generic', token: 'long-enough' }] },
      'endpoints[0] must say whose posts come',
    ],
    [
      'an unset variable',
      { ...good, endpoints: [{ ...endpoint, token: '$EMPTY' }] },
      'The variable EMPTY is not set.',
    ],
    [
      'no address',
      { ...good, retainer: { url: 'nowhere', token: 't' } },
      'retainer.url must be an address',
    ],
    [
      'a wrong port',
      { ...good, listen: { port: -1 } },
      'listen.port must be a number of at least 0.',
    ],
  ])('when it has %s, then that is named', (_, config, problem) => {
    expect(problemsOf(config).some((line) => line.startsWith(problem))).toBe(true);
  });
});
