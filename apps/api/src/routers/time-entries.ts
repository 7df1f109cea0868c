import {
  createTimeEntry,
  CreateTimeEntryInput,
  deleteTimeEntry,
  DeleteTimeEntryInput,
  importTimeEntries,
  listAgencyTimeEntries,
  ListAgencyTimeEntriesInput,
  listTimeEntries,
  ListTimeEntriesInput,
  startTimer,
  StartTimerInput,
  stopTimer,
  StopTimerInput,
  TimeEntryLine,
  updateTimeEntry,
  UpdateTimeEntryInput,
} from '@retainer/core';

import { booleanCell, CSV_FIELDS, csvReportOut, importCsv, numberCell } from '../csv/import-csv.ts';
import { clientInput, inAgency, pageOf, withoutAgency } from '../schemas.ts';
import { agencyProcedure, router, serviceOf } from '../trpc.ts';
import { deletedTimeEntryOut, timeEntryOut, toldTimeEntryOut } from './outputs/time-entry.ts';

const TAGS = ['Time entries'];

const COLUMNS = [
  'date',
  'minutes',
  'startedAt',
  'endedAt',
  'campaignId',
  'person',
  'role',
  'activity',
  'note',
  'billable',
  'hourlyRate',
  'currency',
  'platform',
  'contentType',
  'idempotencyKey',
] as const;

/** The time that people spend on clients, and what it costs. */
export const timeEntriesRouter = router({
  create: agencyProcedure
    .meta(route('POST', '', 'Record time by start and end, or by date and minutes'))
    .input(clientInput(CreateTimeEntryInput.shape))
    .output(toldTimeEntryOut)
    .mutation(({ ctx, input }) => createTimeEntry(serviceOf(ctx), withoutAgency(input))),

  list: agencyProcedure
    .meta(route('GET', '', 'List a client’s time with its cost, the latest first'))
    .input(clientInput(ListTimeEntriesInput.shape))
    .output(pageOf(timeEntryOut))
    .query(({ ctx, input }) => listTimeEntries(serviceOf(ctx), withoutAgency(input))),

  listForAgency: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/api/agency/{agencyWorkspaceId}/time-entries',
        tags: TAGS,
        summary: 'List the time of all clients; with missingRate=true what no rate prices yet',
      },
    })
    .input(inAgency(ListAgencyTimeEntriesInput.shape))
    .output(pageOf(timeEntryOut))
    .query(({ ctx, input }) => listAgencyTimeEntries(serviceOf(ctx), withoutAgency(input))),

  update: agencyProcedure
    .meta(route('PATCH', '/{timeEntryId}', 'Change an entry; what is left out stays'))
    .input(clientInput(UpdateTimeEntryInput.shape))
    .output(timeEntryOut)
    .mutation(({ ctx, input }) => updateTimeEntry(serviceOf(ctx), withoutAgency(input))),

  delete: agencyProcedure
    .meta(route('DELETE', '/{timeEntryId}', 'Take an entry out of every list and figure'))
    .input(clientInput(DeleteTimeEntryInput.shape))
    .output(deletedTimeEntryOut)
    .mutation(({ ctx, input }) => deleteTimeEntry(serviceOf(ctx), withoutAgency(input))),

  startTimer: agencyProcedure
    .meta(route('POST', '/start-timer', 'Start a person’s timer; each has one in the agency'))
    .input(clientInput(StartTimerInput.shape))
    .output(toldTimeEntryOut)
    .mutation(({ ctx, input }) => startTimer(serviceOf(ctx), withoutAgency(input))),

  stopTimer: agencyProcedure
    .meta(route('POST', '/stop-timer', 'Stop a timer; stopped again it stays as it was'))
    .input(clientInput(StopTimerInput.shape))
    .output(toldTimeEntryOut)
    .mutation(({ ctx, input }) => stopTimer(serviceOf(ctx), withoutAgency(input))),

  import: agencyProcedure
    .meta({
      ...route(
        'POST',
        '/import',
        'Record the lines of a CSV text; a line without a key is known by what it says, so the same file again doubles nothing',
      ),
      bulk: true,
    })
    .input(clientInput(CSV_FIELDS))
    .output(csvReportOut)
    .mutation(({ ctx, input }) => {
      const { clientWorkspaceId, dryRun } = input;
      return importCsv(serviceOf(ctx), input, {
        columns: COLUMNS,
        schema: TimeEntryLine,
        rowOf: ({ minutes, billable, hourlyRate, currency, ...cells }) => ({
          ...cells,
          ...(minutes !== undefined && { minutes: numberCell(minutes) }),
          ...(billable !== undefined && { billable: booleanCell(billable) }),
          ...(hourlyRate !== undefined && {
            hourlyRate: currency === undefined ? hourlyRate : { amount: hourlyRate, currency },
          }),
        }),
        take: (lines) => importTimeEntries(serviceOf(ctx), { clientWorkspaceId, dryRun, lines }),
      });
    }),
});

function route<TMethod extends 'GET' | 'POST' | 'PATCH' | 'DELETE'>(
  method: TMethod,
  rest: string,
  summary: string,
) {
  const path = `/api/clients/{clientWorkspaceId}/time-entries${rest}` as const;
  return { openapi: { method, path, tags: TAGS, summary } };
}
