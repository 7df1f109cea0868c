import { describe, expect } from 'vitest';

import { listAudit } from '../../audit/list-audit.ts';
import type { ServiceContext } from '../../kernel/context.ts';
import { test } from '../../tenancy/testing/world.ts';
import { deleteTimeEntry } from './delete-time-entry.ts';
import { importTimeEntries } from './import-time-entries.ts';
import { listTimeEntries } from './list-time-entries.ts';
import { updateTimeEntry } from './update-time-entry.ts';

const NOW = '2026-03-20T12:00:00Z';

/** What became of the lines: how many were taken, were there already, and which field each refused one fails by. */
async function importLines(ctx: ServiceContext, input: Parameters<typeof importTimeEntries>[1]) {
  const taken = await importTimeEntries(ctx, input);
  const replayed = taken.filter((one) => one.ok && one.replayed).length;
  const refused = taken.map((one) => (one.ok ? [] : one.error.issues[0]?.path));
  return {
    accepted: taken.filter(({ ok }) => ok).length - replayed,
    replayed,
    refused: refused.flat(),
  };
}

async function notes(ctx: ServiceContext, clientWorkspaceId: string): Promise<string[]> {
  const { items } = await listTimeEntries(ctx, { clientWorkspaceId });
  return items.map(({ note }) => note).toSorted();
}

const HOUR = { date: '2026-03-02', minutes: 60 };

describe('given lines to import', () => {
  test('when some are wrong, then the others are taken, and each is answered in its place', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const clientWorkspaceId = await world.client();
    const lines = [
      { ...HOUR, note: 'a', billable: false, hourlyRate: '90.50', person: 'ada' },
      { startedAt: '2026-03-02T10:00:00Z', endedAt: '2026-03-02T09:00:00Z' },
      { date: '2026-03-02' },
      { startedAt: '2026-03-02T10:00:00Z', endedAt: '2026-03-02T11:00:00Z', note: 'b' },
    ];
    const taken = await importTimeEntries(ctx, { clientWorkspaceId, lines });
    expect(taken).toMatchObject([
      { ok: true, replayed: false },
      { ok: false, error: { code: 'period_inverted', issues: [{ path: 'endedAt' }] } },
      { ok: false, error: { code: 'invalid_input', issues: [{ path: 'minutes' }] } },
      { ok: true, replayed: false },
    ]);
    const { items } = await listTimeEntries(ctx, { clientWorkspaceId });
    expect(items.find(({ note }) => note === 'a')).toMatchObject({
      source: 'import',
      person: 'ada',
      billable: false,
      cost: { amount: '90.50', currency: 'USD' },
    });
    const audit = await listAudit(ctx, { clientWorkspaceId });
    expect(audit.items[0]).toMatchObject({
      action: 'time_entries.imported',
      after: { accepted: 2, replayed: 0, refused: 2 },
    });
  });

  test('when the same file comes again, or a longer one, then nothing is doubled; equal lines count', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const clientWorkspaceId = await world.client();
    const lines = [
      { ...HOUR, note: 'a' },
      { ...HOUR, note: 'a' },
      { ...HOUR, note: 'b' },
    ];
    const first = await importLines(ctx, { clientWorkspaceId, lines });
    expect(first).toMatchObject({ accepted: 3, replayed: 0, refused: [] });
    const again = await importLines(ctx, { clientWorkspaceId, lines });
    expect(again).toMatchObject({ accepted: 0, replayed: 3, refused: [] });
    const longer = [...lines, { note: 'a', ...HOUR }, { ...HOUR, note: 'c' }];
    const third = await importLines(ctx, { clientWorkspaceId, lines: longer });
    expect(third).toMatchObject({ accepted: 2, replayed: 3, refused: [] });
    expect(await notes(ctx, clientWorkspaceId)).toEqual(['a', 'a', 'a', 'b', 'c']);
  });

  test('when an entry was edited or deleted since, then the file brings nothing back', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const clientWorkspaceId = await world.client();
    const lines = [
      { ...HOUR, note: 'edited' },
      { ...HOUR, note: 'deleted' },
    ];
    await importLines(ctx, { clientWorkspaceId, lines });
    const { items } = await listTimeEntries(ctx, { clientWorkspaceId });
    const one = (note: string) => ({
      clientWorkspaceId,
      timeEntryId: items.find((item) => item.note === note)?.id ?? '',
    });
    await updateTimeEntry(ctx, { ...one('edited'), note: 'better' });
    await deleteTimeEntry(ctx, one('deleted'));
    const again = await importLines(ctx, { clientWorkspaceId, lines });
    expect(again).toMatchObject({ accepted: 0, replayed: 2, refused: [] });
    expect(await notes(ctx, clientWorkspaceId)).toEqual(['better']);
  });

  test('when lines carry keys, then a key is one entry, and another line under it is refused', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const clientWorkspaceId = await world.client();
    const line = { ...HOUR, note: 'a', idempotencyKey: '1' };
    const lines = [line, line, { ...line, note: 'b' }, { ...line, idempotencyKey: '2' }];
    const report = await importLines(ctx, { clientWorkspaceId, lines });
    expect(report).toEqual({ accepted: 2, replayed: 1, refused: ['idempotencyKey'] });
  });

  test('when it is only tried, then the report is the same and nothing is there', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const clientWorkspaceId = await world.client();
    const lines = [{ ...HOUR, note: 'a' }, { date: '2026-03-02' }];
    const tried = await importLines(ctx, { clientWorkspaceId, lines, dryRun: true });
    expect(await notes(ctx, clientWorkspaceId)).toEqual([]);
    const report = await importLines(ctx, { clientWorkspaceId, lines });
    expect(report).toEqual({ accepted: 1, replayed: 0, refused: ['minutes'] });
    expect(tried).toEqual(report);
    expect(await importLines(ctx, { clientWorkspaceId, lines, dryRun: true })).toMatchObject({
      accepted: 0,
      replayed: 1,
    });
    const audit = await listAudit(ctx, { clientWorkspaceId });
    const imports = audit.items.filter(({ action }) => action === 'time_entries.imported');
    expect(imports).toHaveLength(1);
  });

  test('when several send the same file at once, then each line is one entry', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const clientWorkspaceId = await world.client();
    const lines = Array.from({ length: 200 }, (_, index) => ({ ...HOUR, note: `${index % 50}` }));
    const all = await Promise.all(
      Array.from({ length: 4 }, (_, index) =>
        importLines(world.at(NOW), {
          clientWorkspaceId,
          lines: index % 2 === 0 ? lines : lines.toReversed(),
        }),
      ),
    );
    expect(all.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(200);
    expect(all.reduce((sum, { replayed }) => sum + replayed, 0)).toBe(600);
    const { items } = await listTimeEntries(ctx, { clientWorkspaceId, limit: 200 });
    expect(items).toHaveLength(200);
  });
});
