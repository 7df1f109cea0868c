import { openDatabase } from '../../db/connect.ts';
import { silentLog } from '../../testing/server.ts';
import { refresher, writer } from './player.ts';
import { stageOf } from './stage.ts';

// A process of its own for the tests that kill it: some players do until then, and it says each thing that is done.
const [role = '', players = '', url = '', agencyId = '', seed = ''] = process.argv.slice(2);
const stage = stageOf(await openDatabase({ url, log: silentLog }), agencyId);
await Promise.all(
  Array.from({ length: Number(players) }, async (_, index) => {
    const player = role === 'writers' ? writer : refresher;
    const play = player(stage, Number(seed) + index);
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop
      await play();
      process.stdout.write('done\n');
    }
  }),
);
