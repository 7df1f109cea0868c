import * as z from 'zod';

import { recordAudit } from '../../audit/record-audit.ts';
import { HostId } from '../../hooks/hook-input.ts';
import { inTransaction, type ServiceContext } from '../../kernel/context.ts';
import { durationInput, secondsIn } from '../../tenancy/duration-input.ts';
import { LocalDay } from '../../tenancy/input-fields.ts';
import { lockAgency } from '../../tenancy/upsert-agency.ts';
import { toTimeSavedBaselineDto, type TimeSavedBaselineDto } from './time-saved-baseline-dto.ts';
import { TimeSavedBaseline } from './time-saved-baseline.entity.ts';

/** A content type as posts name it; empty for every one without its own. */
export const ContentType = z
  .string()
  .max(200)
  .refine((text) => text === '' || HostId.safeParse(text).success, {
    error: 'must not contain control characters',
  });

export const SetTimeSavedBaselineInput = z.strictObject({
  /** Left out or empty: every content type without its own. */
  contentType: ContentType.default(''),
  fromDate: LocalDay,
  /** How long it takes by hand. */
  baselineMinutes: durationInput('minutes'),
  /** How long it takes now; more than by hand is time lost. */
  actualMinutes: durationInput('minutes'),
});
export type SetTimeSavedBaselineInput = z.input<typeof SetTimeSavedBaselineInput>;

/** Sets how long posts of a content type are taken to need from a day on; each change makes the next version. */
export async function setTimeSavedBaseline(
  ctx: ServiceContext,
  input: SetTimeSavedBaselineInput,
): Promise<TimeSavedBaselineDto> {
  const wanted = SetTimeSavedBaselineInput.parse(input);
  const { contentType, fromDate } = wanted;
  const { agencyId } = ctx;
  return inTransaction(ctx, async (em) => {
    // Versions are counted one at a time.
    await lockAgency(em, agencyId);
    const rows = await em.find(TimeSavedBaseline, { agencyId, contentType }, { refresh: true });
    const known = rows.find((row) => row.fromDate === fromDate);
    const values = {
      baselineSeconds: secondsIn(wanted.baselineMinutes, 'minutes'),
      actualSeconds: secondsIn(wanted.actualMinutes, 'minutes'),
    };
    const before = known && toTimeSavedBaselineDto(known);
    if (
      known?.baselineSeconds === values.baselineSeconds &&
      known.actualSeconds === values.actualSeconds
    ) {
      return toTimeSavedBaselineDto(known);
    }
    const version = 1 + Math.max(0, ...rows.map((row) => row.version));
    const told = { ...values, version, changedAt: ctx.now() };
    const row = known
      ? em.assign(known, told)
      : em.create(TimeSavedBaseline, { agencyId, contentType, fromDate, ...told });
    const after = toTimeSavedBaselineDto(row);
    const subject = `time_saved_baseline:${contentType}`;
    recordAudit(em, ctx, { action: 'time_saved_baseline.set', subject, before, after });
    return after;
  });
}
