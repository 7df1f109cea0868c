import { openDatabase } from '../../db/connect.ts';
import { silentLog } from '../../testing/server.ts';
import { makeDueReports } from '../make-due-reports.ts';

// A worker in a process of its own, for the tests that kill it: at one of the two it says so, and goes no further.
const [url = '', agencyId = '', iso = '', stopsAt = ''] = process.argv.slice(2);

function stopAt(step: string): Promise<void> {
  if (stopsAt !== step) return Promise.resolve();
  process.stdout.write(`${step}\n`);
  return new Promise(() => undefined);
}

await makeDueReports({
  database: await openDatabase({ url, log: silentLog }),
  log: silentLog,
  now: () => new Date(iso),
  agencyId,
  ports: {
    render: async (_ctx, { content }) => {
      await stopAt('rendering');
      const bytes = Buffer.from(JSON.stringify(content));
      return { name: 'report.json', mediaType: 'application/json', bytes };
    },
    mail: async ({ messageKey, recipients }) => {
      process.stdout.write(`mailed ${messageKey}\n`);
      await stopAt('mailing');
      return { accepted: recipients, rejected: [] };
    },
  },
});
