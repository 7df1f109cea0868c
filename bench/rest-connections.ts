import { Agent, get } from 'node:http';

import { createRetainerClient } from '@retainer/client';

import { startApi } from './api-process.ts';

/** The served API in a process of its own, read by an agency over REST on connections that stay open. */
export interface AgencyApi {
  /** The body of an answer; one other than 200 is thrown. */
  readonly get: (path: string) => Promise<Buffer>;
  readonly close: () => Promise<void>;
}

/** Starts the API on a database and mints an agency's token. */
export async function startAgencyApi(databaseUrl: string, agencyId: string): Promise<AgencyApi> {
  const api = await startApi(databaseUrl, agencyId, { NODE_ENV: 'production' });
  const admin = createRetainerClient({ url: api.url, token: api.adminToken });
  const { token } = await admin.tokens.mint.mutate({
    agencyWorkspaceId: agencyId,
    role: 'agency',
  });
  const agent = new Agent({ keepAlive: true });
  const headers = { authorization: `Bearer ${token}` };
  return {
    get: (path) => fetchBody(api.url + path, { agent, headers }),
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
