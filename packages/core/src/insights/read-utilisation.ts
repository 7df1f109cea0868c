import {
  addDays,
  addMonthsClamped,
  percentOf,
  teamUtilisation,
  utilisation,
  type WorkedTime,
} from '@retainer/domain';
import type * as z from 'zod';

import { sqlSession } from '../db/sql-session.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { refreshAgency } from '../rollups/refresh.ts';
import { cursorValue, PageInput, pageOf, type Page } from '../tenancy/input-fields.ts';
import { firstDay, LocalMonth } from '../tenancy/month-page.ts';
import { toFigure, type FigureDto } from '../value/tracking/tracking-dto.ts';
import { readPeoplesTime, type PersonTimeRow } from './insights.queries.ts';
import { thisMonth } from './this-month.ts';

export const ReadUtilisationInput = PageInput.extend({
  /** The present one unless told. */
  month: LocalMonth.optional(),
});
export type ReadUtilisationInput = z.input<typeof ReadUtilisationInput>;

/** How much of the time that was there went into billable work. */
export interface UtilisationDto {
  readonly billableSeconds: number;
  /** Null where nobody said how much there was. */
  readonly availableSeconds: number | null;
  readonly utilisationPercent: FigureDto;
}

/** A month's utilisation of everybody, and of each person. */
export interface Utilisation {
  /** YYYY-MM. */
  readonly month: string;
  /** The ratio of the sums of those who have a capacity. */
  readonly team: UtilisationDto & { readonly people: number };
  readonly people: Page<
    UtilisationDto & { readonly person: string; readonly trackedSeconds: number }
  >;
  readonly asOf: Date;
}

/** How much of the capacities of a month went into billable work; while it runs, of the whole month's. */
export async function readUtilisation(
  ctx: ServiceContext,
  input: ReadUtilisationInput,
): Promise<Utilisation> {
  const wanted = ReadUtilisationInput.parse(input);
  const month = wanted.month ?? (await thisMonth(ctx));
  const from = firstDay(month);
  await refreshAgency(ctx, addDays(addMonthsClamped(from, 1), -1));
  const after = wanted.cursor === undefined ? undefined : cursorValue(wanted.cursor);
  const rows = await inTransaction(
    ctx,
    (em) => readPeoplesTime(sqlSession(em), { month: from, after }),
    { readOnly: true },
  );
  return {
    month,
    team: teamOf(rows.map(timeOf)),
    people: pageOf(
      rows.filter((row) => row.isNext),
      {
        limit: wanted.limit,
        cursorOf: ({ person }) => person,
        toItem: (row) => ({
          person: row.person,
          trackedSeconds: Number(row.seconds),
          ...toUtilisation(timeOf(row)),
        }),
      },
    ),
    asOf: ctx.now(),
  };
}

function timeOf({ billableSeconds, availableSeconds }: PersonTimeRow): WorkedTime {
  return {
    billableSeconds: BigInt(billableSeconds),
    availableSeconds: availableSeconds === null ? null : BigInt(availableSeconds),
  };
}

function toUtilisation(time: WorkedTime): UtilisationDto {
  return {
    billableSeconds: Number(time.billableSeconds),
    availableSeconds: time.availableSeconds === null ? null : Number(time.availableSeconds),
    utilisationPercent: toFigure(percentOf(utilisation(time))),
  };
}

function teamOf(people: readonly WorkedTime[]): Utilisation['team'] {
  const counted = people.filter((one) => (one.availableSeconds ?? 0n) > 0n);
  const sum = (of: (one: WorkedTime) => bigint | null): number =>
    Number(counted.reduce((all, one) => all + (of(one) ?? 0n), 0n));
  return {
    people: counted.length,
    billableSeconds: sum((one) => one.billableSeconds),
    availableSeconds: sum((one) => one.availableSeconds),
    utilisationPercent: toFigure(percentOf(teamUtilisation(people))),
  };
}
