import { startAgencyApi } from '../rest-connections.ts';
import { answerOf } from './ask-core.ts';
import { AGENCY_ID } from './load-facts.ts';
import type { Contender, Question } from './question.ts';

/** The served API in a process of its own, asked over REST on connections that stay open. */
export async function overHttp(databaseUrl: string): Promise<Contender> {
  const api = await startAgencyApi(databaseUrl, AGENCY_ID);
  const ask = ({ clientId, startDate, endDate }: Question): Promise<Buffer> =>
    api.get(`/api/clients/${clientId}/value-tracking?startDate=${startDate}&endDate=${endDate}`);
  return {
    name: 'http, rest',
    callers: [1, 16],
    ask,
    answer: async (question) => answerOf(JSON.parse((await ask(question)).toString())),
    close: () => api.close(),
  };
}
