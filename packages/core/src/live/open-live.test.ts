import { randomUUID } from 'node:crypto';

import { describe, expect } from 'vitest';

import { asOwner, silentLog, test as base } from '../testing/index.ts';
import { openLive, type Live, type LiveEvent } from './open-live.ts';

/** Somebody who listens; the events come one by one. */
interface Listener {
  readonly next: () => Promise<LiveEvent>;
}

/** `test` with processes on one database, each with its own line, and agencies that nobody else has. */
const test = base
  .extend('ends', ({}, { onCleanup }) => {
    const ends = new AbortController();
    onCleanup(() => ends.abort());
    return ends;
  })
  .extend('process', ({ database, ends }, { onCleanup }) => {
    const opened: Live[] = [];
    onCleanup(async () => {
      ends.abort();
      await Promise.all(opened.map((one) => one.close()));
    });
    return async (warned: (message: string) => void = () => undefined): Promise<Live> => {
      const log = { ...silentLog, warn: (_: object, message: string) => warned(message) };
      const now = () => new Date();
      const live = await openLive({ url: database.ownerUrl, log, now, tellMs: 5, lookMs: 25 });
      opened.push(live);
      return live;
    };
  })
  .extend('agencyId', () => `agency-${randomUUID()}`)
  .extend('listen', ({ ends, agencyId }) => (live: Live, scope: Scope = {}): Listener => {
    const { clientId, since, agency = agencyId } = scope;
    const signal = ends.signal;
    const events = live.watch({ agencyId: agency, clientId }, { since, signal });
    const next = async (): Promise<LiveEvent> => {
      const { value } = await events.next();
      if (!value) throw new Error('the stream ended');
      return value;
    };
    return { next };
  });

interface Scope {
  readonly clientId?: string;
  readonly since?: number;
  readonly agency?: string;
}

describe('given two processes on one database', () => {
  test('when one tells of a change, then streams at both hear of it, each in its scope', async ({
    process,
    agencyId,
    listen,
  }) => {
    const [here, there] = [await process(), await process()];
    const agency = listen(there);
    const bakery = listen(there, { clientId: 'bakery' });
    const gym = listen(here, { clientId: 'gym' });
    const opened = await Promise.all([agency.next(), bakery.next(), gym.next()]);
    expect(opened.map(({ clients }) => clients)).toEqual([null, null, null]);

    here.changed(`not ${agencyId}`, ['bakery', 'gym']);
    here.changed(agencyId, ['bakery']);
    here.changed(agencyId, ['bakery', 'hotel']);
    expect((await agency.next()).clients).toEqual(['bakery', 'hotel']);
    expect((await bakery.next()).clients).toEqual(['bakery']);
    there.changed(agencyId, ['gym']);
    const events = await Promise.all([agency.next(), gym.next()]);
    expect(events.map(({ clients }) => clients)).toEqual([['gym'], ['gym']]);
    expect(events[0].version).toBe(events[1].version);
  });

  test('when somebody comes back to the other one, then they hear of what they missed, or of nothing', async ({
    process,
    agencyId,
    listen,
  }) => {
    const [here, there] = [await process(), await process()];
    const [one, other] = [listen(here), listen(there)];
    await Promise.all([one.next(), other.next()]);
    here.changed(agencyId, ['florist']);
    const [{ version: before }] = await Promise.all([one.next(), other.next()]);
    there.changed(agencyId, ['bakery']);
    there.changed(agencyId, ['gym']);
    const missed = await listen(there, { since: before }).next();
    expect(missed).toMatchObject({ clients: ['bakery', 'gym'] });
    expect(missed.version).toBeGreaterThan(before);

    const since = missed.version;
    const back = listen(there, { since }).next();
    const hotel = listen(there, { since, clientId: 'hotel' }).next();
    here.changed(agencyId, ['hotel']);
    expect([(await back).clients, (await hotel).clients]).toEqual([['hotel'], ['hotel']]);
  });

  test('when one ends in good order, then the other knows that it told all', async ({
    process,
    agencyId,
    listen,
  }) => {
    const warnings: string[] = [];
    const [here, there] = [await process(), await process((text) => warnings.push(text))];
    const listener = listen(there, { since: (await listen(there).next()).version });
    here.changed(agencyId, ['bakery']);
    await here.close();
    expect((await listener.next()).clients).toEqual(['bakery']);
    there.changed(agencyId, ['gym']);
    expect((await listener.next()).clients).toEqual(['gym']);
    expect(warnings).toEqual([]);
  });
});

const LINES = `select pg_terminate_backend(pid, 5000) from pg_stat_activity
  where application_name = 'retainer live' and datname = current_database()`;

describe('given a line that breaks', () => {
  test('when it is back, then anything may have changed, and what was pending is told', async ({
    process,
    database,
    agencyId,
    listen,
  }) => {
    const live = await process();
    const agency = listen(live);
    const { version } = await agency.next();
    const next = agency.next();
    await asOwner(database.ownerUrl, LINES);
    live.changed(agencyId, ['bakery']);
    expect((await next).clients).toBeNull();
    await expect.poll(() => live.stats().isListening).toBe(true);
    // Who comes back with what they knew before is told the same.
    expect((await listen(live, { since: version }).next()).clients).toBeNull();
    live.changed(agencyId, ['gym']);
    expect((await agency.next()).clients).toContain('gym');
  });

  test('when it is down, then nobody is let in who would hear nothing', async ({
    process,
    database,
    listen,
  }) => {
    const live = await process();
    await asOwner(database.ownerUrl, LINES);
    await expect.poll(() => live.stats().isListening).toBe(false);
    expect(() => listen(live)).toThrow('Try again');
  });

  test('when its process never comes back, then the others say that anything may have changed', async ({
    process,
    database,
    listen,
  }) => {
    const there = await process();
    const listener = listen(there);
    await listener.next();
    // A process that says hello, and then nothing any more.
    await asOwner(
      database.ownerUrl,
      `select retainer.live_join(77), retainer.live_tell(array['["hello",77]'])`,
    );
    expect((await listener.next()).clients).toBeNull();
  });
});

describe('given a stream', () => {
  test('when it is not read for a while, then it says all of it at once', async ({
    process,
    agencyId,
    listen,
  }) => {
    const live = await process();
    const agency = listen(live);
    const { version } = await agency.next();
    const probe = listen(live, { since: version });
    live.changed(agencyId, ['a']);
    await probe.next();
    live.changed(agencyId, ['b', 'c']);
    await probe.next();
    expect((await agency.next()).clients).toEqual(['a', 'b', 'c']);
  });

  test('when its signal ends it, then it is over', async ({ process, agencyId }) => {
    const live = await process();
    const own = new AbortController();
    const scope = { agencyId, clientId: undefined };
    const events = live.watch(scope, { signal: own.signal });
    await events.next();
    const next = events.next();
    own.abort();
    expect(await next).toEqual({ done: true, value: undefined });
  });
});
