import { addChange, forgetBefore } from './change-log.ts';
import { readNotice, type Notice } from './notice.ts';
import { meetPeer, partWithPeer, type Peers } from './peers.ts';
import { wakeStreams, type Streams } from './streams.ts';

/** What a process knows by hearing. */
export interface Ears {
  readonly streams: Streams;
  readonly peers: Peers;
  /** The number that this process says hello with now. */
  process: number;
  /** Whether it has heard its own hello: from there on nothing escapes it. */
  isListening: boolean;
}

/** Takes up what was said to all, and wakes the streams that it concerns. */
export function hear(ears: Ears, payload: string): void {
  const heard = readNotice(payload);
  if (!heard) return;
  const { version, notice } = heard;
  const { log } = ears.streams;
  log.latest = version;
  if (notice.kind === 'changed') {
    for (const changes of notice.agencies) {
      addChange(log, version, changes);
      wakeStreams(ears.streams, changes.agencyId);
    }
  } else if (mayMeanAnything(ears, notice)) {
    forgetBefore(log, version);
    wakeStreams(ears.streams);
  }
}

/** Takes up a word about a process, and says whether anything may have changed without a word. */
function mayMeanAnything(ears: Ears, notice: Exclude<Notice, { kind: 'changed' }>): boolean {
  switch (notice.kind) {
    case 'hello': {
      const isOwn = notice.process === ears.process;
      if (isOwn) ears.isListening = true;
      else meetPeer(ears.peers, notice.process);
      return isOwn;
    }
    case 'bye':
      partWithPeer(ears.peers, notice.process);
      return false;
    case 'lost':
      partWithPeer(ears.peers, notice.process);
      return true;
    case 'unknown':
      return true;
  }
}
