import {
  ConversionRow,
  createConversion,
  CreateConversionInput,
  deleteConversion,
  DeleteConversionInput,
  listConversions,
  ListConversionsInput,
  recordConversions,
  RecordConversionsInput,
  updateConversion,
  UpdateConversionInput,
} from '@retainer/core';

import { CSV_FIELDS, csvReportOut, importCsv, numberCell } from '../csv/import-csv.ts';
import { clientInput, pageOf, withoutAgency } from '../schemas.ts';
import { hostProcedure, router, serviceOf } from '../trpc.ts';
import { conversionOut, createdConversionOut } from './outputs/conversion.ts';
import { takenOf, takenOut } from './outputs/taken.ts';

const COLUMNS = [
  'date',
  'at',
  'kind',
  'count',
  'amount',
  'currency',
  'campaignId',
  'platform',
  'postId',
  'source',
  'attributionModel',
  'idempotencyKey',
] as const;

/** The leads, conversions and revenue of a client. */
export const conversionsRouter = router({
  create: hostProcedure
    .meta(route('POST', '', 'Record a lead, a conversion or revenue'))
    .input(clientInput(CreateConversionInput.shape))
    .output(createdConversionOut)
    .mutation(({ ctx, input }) => createConversion(serviceOf(ctx), withoutAgency(input))),

  bulk: hostProcedure
    .meta({ ...route('POST', '/bulk', 'Record many at once, answered one by one'), bulk: true })
    .input(clientInput(RecordConversionsInput.shape))
    .output(takenOut)
    .mutation(async ({ ctx, input }) =>
      takenOf(await recordConversions(serviceOf(ctx), withoutAgency(input))),
    ),

  import: hostProcedure
    .meta({ ...route('POST', '/import', 'Record the lines of a CSV text'), bulk: true })
    .input(clientInput(CSV_FIELDS))
    .output(csvReportOut)
    .mutation(({ ctx, input }) => {
      const { clientWorkspaceId, dryRun } = input;
      return importCsv(serviceOf(ctx), input, {
        columns: COLUMNS,
        schema: ConversionRow,
        rowOf: ({ amount, currency, count, ...cells }) => ({
          ...cells,
          ...(count !== undefined && { count: numberCell(count) }),
          amount: currency === undefined ? amount : { amount, currency },
        }),
        take: (conversions) =>
          recordConversions(serviceOf(ctx), { clientWorkspaceId, dryRun, conversions }),
      });
    }),

  list: hostProcedure
    .meta(route('GET', '', 'List leads, conversions and revenue, the latest day first'))
    .input(clientInput(ListConversionsInput.shape))
    .output(pageOf(conversionOut))
    .query(({ ctx, input }) => listConversions(serviceOf(ctx), withoutAgency(input))),

  update: hostProcedure
    .meta(route('PATCH', '/{conversionId}', 'Change a lead, a conversion or revenue'))
    .input(clientInput(UpdateConversionInput.shape))
    .output(conversionOut)
    .mutation(({ ctx, input }) => updateConversion(serviceOf(ctx), withoutAgency(input))),

  delete: hostProcedure
    .meta(route('DELETE', '/{conversionId}', 'Take one out of every figure'))
    .input(clientInput(DeleteConversionInput.shape))
    .output(conversionOut)
    .mutation(({ ctx, input }) => deleteConversion(serviceOf(ctx), withoutAgency(input))),
});

function route<TMethod extends 'GET' | 'POST' | 'PATCH' | 'DELETE'>(
  method: TMethod,
  rest: string,
  summary: string,
) {
  const path = `/api/clients/{clientWorkspaceId}/conversions${rest}` as const;
  return { openapi: { method, path, tags: ['Conversions'], summary } };
}
