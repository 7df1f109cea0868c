import { describe, expect } from 'vitest';

import { listAudit } from '../audit/list-audit.ts';
import { archiveClient } from '../tenancy/archive-client.ts';
import { START, test } from '../tenancy/testing/world.ts';
import { createAnnotation } from './create-annotation.ts';
import { deleteAnnotation } from './delete-annotation.ts';
import { listAnnotations } from './list-annotations.ts';
import { updateAnnotation } from './update-annotation.ts';

const LATER = '2026-03-05T10:00:00Z';
const UNKNOWN = '5f0c4b53-6b8e-4d2f-9a51-0d4b1de0a009';
const launch = { startDate: '2026-03-01', title: 'The shop opened', kind: 'launch' } as const;

describe('given what happened on some days', () => {
  test('when it is noted, changed and taken away, then each is told, and the audit has it all', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    const created = await createAnnotation(world.at(START), { clientWorkspaceId, ...launch });
    expect(created).toEqual({
      id: expect.any(String),
      clientWorkspaceId,
      startDate: '2026-03-01',
      endDate: '2026-03-01',
      kind: 'launch',
      title: 'The shop opened',
      note: '',
      link: null,
      createdAt: new Date(START),
      changedAt: new Date(START),
    });
    const one = { annotationId: created.id };
    const moved = await updateAnnotation(world.at(LATER), { ...one, startDate: '2026-03-02' });
    expect(moved).toEqual({
      ...created,
      startDate: '2026-03-02',
      endDate: '2026-03-02',
      changedAt: new Date(LATER),
    });
    const link = 'https://shop.example/opening';
    const more = { endDate: '2026-03-04', note: 'With a band\nand cake', link };
    const told = await updateAnnotation(world.at(LATER), { ...one, ...more });
    expect(told).toEqual({ ...moved, ...more });
    expect(await updateAnnotation(world.at(LATER), { ...one, ...more })).toEqual(told);
    const bare = await updateAnnotation(world.at(LATER), { ...one, endDate: null, link: null });
    expect(bare).toEqual({ ...told, endDate: '2026-03-02', link: null });

    expect(await deleteAnnotation(world.at(LATER), one)).toEqual(bare);
    const again = deleteAnnotation(world.at(LATER), one);
    await expect(again).rejects.toMatchObject({ code: 'not_found' });
    const { items } = await listAudit(world.at(LATER), { clientWorkspaceId });
    expect(items.map(({ action }) => action).slice(0, 5)).toEqual([
      'annotation.deleted',
      'annotation.changed',
      'annotation.changed',
      'annotation.changed',
      'annotation.created',
    ]);
  });

  test('when they are listed, then by the days they touch, the latest first, page by page', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    const note = (startDate: string, more: object = {}) =>
      createAnnotation(world.at(START), { startDate, title: startDate, ...more });
    await note('2026-03-10');
    await note('2026-02-20', { endDate: '2026-03-01', kind: 'holiday' });
    await note('2026-03-05', { clientWorkspaceId });
    await note('2026-04-01');
    const titles = async (asked: object) =>
      (await listAnnotations(world.at(START), asked)).items.map(({ title }) => title);
    const march = { startDate: '2026-03-01', endDate: '2026-03-31' };
    expect(await titles(march)).toEqual(['2026-03-10', '2026-03-05', '2026-02-20']);
    expect(await titles({ clientWorkspaceId })).toEqual(['2026-03-05']);
    expect(await titles({ kind: 'holiday' })).toEqual(['2026-02-20']);
    const first = await listAnnotations(world.at(START), { limit: 3 });
    expect(await titles({ limit: 3, cursor: first.nextCursor })).toEqual(['2026-02-20']);
    expect((await listAnnotations((await world.neighbour()).at(START))).items).toEqual([]);
  });

  test.for([
    { why: 'it ends before it starts', more: { endDate: '2026-02-28' }, code: 'period_inverted' },
    { why: 'its link runs code', more: { link: 'javascript:alert(1)' }, code: undefined },
    { why: 'it has no title', more: { title: ' ' }, code: undefined },
  ])('when $why, then it is refused', async ({ more, code }, { world }) => {
    const note = createAnnotation(world.at(START), { ...launch, ...more });
    await expect(note).rejects.toMatchObject(code ? { code } : { issues: [{}] });
    const { id: annotationId } = await createAnnotation(world.at(START), launch);
    const change = updateAnnotation(world.at(LATER), { annotationId, ...more });
    await expect(change).rejects.toMatchObject(code ? { code } : { issues: [{}] });
    expect((await listAnnotations(world.at(START))).items).toHaveLength(1);
  });

  test('when it is another’s, unknown, or of an archived client, then it is refused', async ({
    world,
  }) => {
    const clientWorkspaceId = await world.client();
    const { id } = await createAnnotation(world.at(START), { clientWorkspaceId, ...launch });
    const neighbour = await world.neighbour();
    const missing = { code: 'not_found' };
    for (const [ctx, annotationId] of [
      [neighbour.at(LATER), id],
      [world.at(LATER), UNKNOWN],
    ] as const) {
      /* oxlint-disable no-await-in-loop -- one after the other, to tell them apart */
      await expect(updateAnnotation(ctx, { annotationId })).rejects.toMatchObject(missing);
      await expect(deleteAnnotation(ctx, { annotationId })).rejects.toMatchObject(missing);
      /* oxlint-enable no-await-in-loop */
    }
    const theirs = createAnnotation(neighbour.at(LATER), { clientWorkspaceId, ...launch });
    await expect(theirs).rejects.toMatchObject(missing);
    await archiveClient(world.at(LATER), { clientWorkspaceId });
    const late = updateAnnotation(world.at(LATER), { annotationId: id, title: 'Late' });
    await expect(late).rejects.toMatchObject({ code: 'conflict' });
    expect((await listAnnotations(world.at(LATER), { clientWorkspaceId })).items).toHaveLength(1);
  });
});
