import { describe, expect, test } from 'vitest';

import { createPeers, lookAtPeers, meetPeer, partWithPeer } from './peers.ts';

describe('given another process', () => {
  test('when it says goodbye before it goes, then it is not lost', () => {
    const peers = createPeers();
    meetPeer(peers, 7);
    partWithPeer(peers, 7);
    expect([lookAtPeers(peers, []), lookAtPeers(peers, [])]).toEqual([[], []]);
  });

  test('when its goodbye comes after it was seen to be gone, then it is not lost either', () => {
    const peers = createPeers();
    expect(lookAtPeers(peers, [7])).toEqual([]);
    expect(lookAtPeers(peers, [])).toEqual([]);
    partWithPeer(peers, 7);
    expect(lookAtPeers(peers, [])).toEqual([]);
  });

  test('when its goodbye is heard before a look that still saw it, then it is not lost either', () => {
    const peers = createPeers();
    meetPeer(peers, 7);
    partWithPeer(peers, 7);
    const looks = [[7], [], [], []];
    expect(looks.flatMap((present) => lookAtPeers(peers, present))).toEqual([]);
    expect(peers).toEqual(createPeers());
  });

  test('when it goes without a word, then it is lost at the second look, once', () => {
    const peers = createPeers();
    meetPeer(peers, 7);
    meetPeer(peers, 8);
    expect([8, 8, 8].map((process) => lookAtPeers(peers, [process]))).toEqual([[], [7], []]);
  });
});
