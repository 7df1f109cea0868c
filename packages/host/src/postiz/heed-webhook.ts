import { postIn } from './api/postiz-rows.ts';
import type { Desk } from './desk.ts';
import type { Expected } from './poll/poller.ts';
import { isLive } from './row-record.ts';
import { findingOf, type Change } from './state/memory.ts';

/**
 * What a webhook of Postiz's says. Its body is `[]` today, and nobody signs it: it is a hint to poll, and what it
 * names is expected to be found there. Channels that Postiz does not list are ignored, its test button's among them.
 */
export async function heedWebhook(desk: Desk, body: Buffer): Promise<readonly Expected[]> {
  desk.tally.add('webhooks');
  const posts = itemsIn(body).flatMap((item) => postIn(item) ?? []);
  const expected: Expected[] = [];
  const findings: Change[] = [];
  for (const post of posts) {
    const { id: postId, channelId, publishDate } = post;
    // oxlint-disable-next-line no-await-in-loop -- a channel that is not known is looked up once for all
    const channel = await desk.channels.lookUp(channelId).catch(() => undefined);
    if (channel && isLive(post)) expected.push({ postId, channelId, publishDate });
    if (channel) continue;
    const detail = 'A webhook names a channel that Postiz does not list.';
    const about = { postId, channelId, clientId: null, at: desk.now() };
    findings.push(findingOf({ ...about, flag: 'unknown_channel', detail }));
  }
  await desk.memory.put(findings);
  return expected;
}

function itemsIn(body: Buffer): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return Array.isArray(value) ? value : [value];
  } catch {
    // Whatever was sent, a poll says what is so.
    return [];
  }
}
