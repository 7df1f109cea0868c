import { createHostHooks } from '../hooks/create-host-hooks.ts';
import { openFileOutbox } from '../outbox/file-outbox.ts';

// A host of its own for the test that kills it: it says of each post, once that is so, that its outbox has it.
const [path = '', url = ''] = process.argv.slice(2);
const hooks = createHostHooks({ url, token: 'none' }, { outbox: await openFileOutbox(path) });
for (let round = 1; ; round += 1) {
  const ids = Array.from({ length: 10 }, (_, index) => `p${round}-${index}`);
  // oxlint-disable-next-line no-await-in-loop -- round after round, until it is killed
  await Promise.all(
    ids.map(async (postId) => {
      await hooks.postPublished({ clientWorkspaceId: 'bakery', postId });
      process.stdout.write(`${postId}\n`);
    }),
  );
}
