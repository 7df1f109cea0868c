import { describe, expect } from 'vitest';

import { listAudit } from '../../audit/list-audit.ts';
import type { ServiceContext } from '../../kernel/context.ts';
import { test } from '../../tenancy/testing/world.ts';
import { deleteTimeEntry } from './delete-time-entry.ts';
import { importTimeEntries, type ImportReport } from './import-time-entries.ts';
import { listTimeEntries } from './list-time-entries.ts';
import { updateTimeEntry } from './update-time-entry.ts';

const NOW = '2026-03-20T12:00:00Z';

type Fields = Readonly<Record<string, unknown>>;

interface Import {
  readonly clientWorkspaceId: string;
  readonly lines: readonly Fields[];
  readonly dryRun?: boolean;
}

function importLines(ctx: ServiceContext, { lines, ...rest }: Import): Promise<ImportReport> {
  const numbered = lines.map((fields, index) => ({
    line: index + 2,
    text: JSON.stringify(fields),
    fields,
  }));
  return importTimeEntries(ctx, { ...rest, lines: numbered });
}

async function notes(ctx: ServiceContext, clientWorkspaceId: string): Promise<string[]> {
  const { items } = await listTimeEntries(ctx, { clientWorkspaceId });
  return items.map(({ note }) => note).toSorted();
}

const HOUR = { date: '2026-03-02', minutes: 60 };

describe('given lines to import', () => {
  test('when some are wrong, then the others are taken, and each wrong one is told by its number', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const clientWorkspaceId = await world.client();
    const lines = [
      { ...HOUR, note: 'a', billable: false, hourlyRate: '90.50', person: 'ada' },
      { ...HOUR, minutes: 'an hour' },
      { startedAt: '2026-03-02T10:00:00Z', endedAt: '2026-03-02T09:00:00Z' },
      { ...HOUR, luck: 'x' },
      { date: '2026-03-02' },
      { startedAt: '2026-03-02T10:00:00Z', endedAt: '2026-03-02T11:00:00Z', note: 'b' },
    ];
    const report = await importLines(ctx, { clientWorkspaceId, lines });
    expect(report).toMatchObject({ dryRun: false, accepted: 2, replayed: 0 });
    expect(report.refused).toEqual([
      expect.objectContaining({ line: 3, field: 'minutes' }),
      expect.objectContaining({ line: 4, field: 'endedAt' }),
      expect.objectContaining({ line: 5, field: 'luck' }),
      expect.objectContaining({ line: 6, field: 'minutes', text: '{"date":"2026-03-02"}' }),
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
      after: { accepted: 2, replayed: 0, refused: 4 },
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
    expect(report).toMatchObject({ accepted: 2, replayed: 1 });
    expect(report.refused).toMatchObject([{ line: 4, field: 'idempotencyKey' }]);
  });

  test('when it is only tried, then the report is the same and nothing is there', async ({
    world,
  }) => {
    const ctx = world.at(NOW);
    const clientWorkspaceId = await world.client();
    const lines = [{ ...HOUR, note: 'a' }, { date: 'x' }];
    const tried = await importLines(ctx, { clientWorkspaceId, lines, dryRun: true });
    expect(await notes(ctx, clientWorkspaceId)).toEqual([]);
    const report = await importLines(ctx, { clientWorkspaceId, lines });
    expect(tried).toEqual({ ...report, dryRun: true });
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
