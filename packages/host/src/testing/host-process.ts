import { createHostHooks } from '../hooks/create-host-hooks.ts';
import { openFileOutbox } from '../outbox/file-outbox.ts';

// A host of its own for the test that kills it: it says of each post, once that is so, that its outbox has it.
const [path = '', url = ''] = process.argv.slice(2);
const hooks = createHostHooks({ url, token: 'none' }, { outbox: await openFileOutbox(path) });
for (let count = 1; ; count += 1) {
  const postId = `p${count}`;
  // oxlint-disable-next-line no-await-in-loop -- one after the other, until it is killed
  await hooks.postPublished({ clientWorkspaceId: 'bakery', postId });
  process.stdout.write(`${postId}\n`);
}
