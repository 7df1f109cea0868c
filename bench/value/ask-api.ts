import { Agent, get } from 'node:http';

import { createRetainerClient } from '@retainer/client';

import { startApi } from '../api-process.ts';
import { answerOf } from './ask-core.ts';
import { AGENCY_ID } from './load-facts.ts';
import type { Contender, Question } from './question.ts';

/** The served API in a process of its own, asked over REST on connections that stay open. */
export async function overHttp(databaseUrl: string): Promise<Contender> {
  const api = await startApi(databaseUrl, AGENCY_ID, { NODE_ENV: 'production' });
  const admin = createRetainerClient({ url: api.url, token: api.adminToken });
  const { token } = await admin.tokens.mint.mutate({
    agencyWorkspaceId: AGENCY_ID,
    role: 'agency',
  });
  const agent = new Agent({ keepAlive: true });
  const headers = { authorization: `Bearer ${token}` };
  const ask = ({ clientId, startDate, endDate }: Question): Promise<Buffer> =>
    fetchBody(
      `${api.url}/api/clients/${clientId}/value-tracking?startDate=${startDate}&endDate=${endDate}`,
      { agent, headers },
    );
  return {
    name: 'http, rest',
    callers: [1, 16],
    ask,
    answer: async (question) => answerOf(JSON.parse((await ask(question)).toString())),
    async close() {
      agent.destroy();
      await api.close();
    },
  };
}

// `fetch` itself costs more than some of the answers do.
function fetchBody(
  url: string,
  options: { readonly agent: Agent; readonly headers: Readonly<Record<string, string>> },
): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const request = get(url, options, (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('error', reject);
    response.on('end', () => {
      const body = Buffer.concat(chunks);
      if (response.statusCode === 200) resolve(body);
      else reject(new Error(`${response.statusCode}: ${body.toString()}`));
    });
  });
  request.on('error', reject);
  return promise;
}
