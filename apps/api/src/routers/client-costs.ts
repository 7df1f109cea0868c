import {
  ClientCostItem,
  createClientCost,
  CreateClientCostInput,
  deleteClientCost,
  DeleteClientCostInput,
  listClientCosts,
  ListClientCostsInput,
  recordClientCosts,
  RecordClientCostsInput,
  updateClientCost,
  UpdateClientCostInput,
  type ClientCostKind,
} from '@retainer/core';

import { CSV_FIELDS, csvReportOut, importCsv } from '../csv/import-csv.ts';
import { agencyShape, clientInput, pageOf, withoutAgency } from '../schemas.ts';
import { agencyProcedure, router, serviceOf } from '../trpc.ts';
import { clientCostOut, createdClientCostOut } from './outputs/cost.ts';
import { takenOf, takenOut } from './outputs/taken.ts';

const COLUMNS = [
  'date',
  'startDate',
  'endDate',
  'amount',
  'currency',
  'name',
  'campaignId',
  'platform',
  'idempotencyKey',
] as const;

interface CostNoun {
  readonly kind: ClientCostKind;
  /** The noun in paths. */
  readonly path: string;
  /** And in the document. */
  readonly words: string;
}

/** The procedures of one kind of cost: the kinds differ in what they are called. */
function costsRouter({ kind, path, words }: CostNoun) {
  const route = <TMethod extends 'GET' | 'POST' | 'PATCH' | 'DELETE'>(
    method: TMethod,
    rest: '' | `/${string}`,
    summary: string,
  ) => ({
    openapi: {
      method,
      path: `/api/clients/{clientWorkspaceId}/${path}${rest}` as const,
      tags: [words],
      summary,
    },
  });
  return router({
    create: agencyProcedure
      .meta(route('POST', '', `Record ${words.toLowerCase()} of a day or over some`))
      .input(CreateClientCostInput.safeExtend(agencyShape))
      .output(createdClientCostOut)
      .mutation(({ ctx, input }) => createClientCost(serviceOf(ctx), kind, withoutAgency(input))),

    bulk: agencyProcedure
      .meta({ ...route('POST', '/bulk', 'Record many at once, answered one by one'), bulk: true })
      .input(clientInput(RecordClientCostsInput.shape))
      .output(takenOut)
      .mutation(async ({ ctx, input }) =>
        takenOf(await recordClientCosts(serviceOf(ctx), kind, withoutAgency(input))),
      ),

    import: agencyProcedure
      .meta({ ...route('POST', '/import', 'Record the lines of a CSV text'), bulk: true })
      .input(clientInput(CSV_FIELDS))
      .output(csvReportOut)
      .mutation(({ ctx, input }) => {
        const { clientWorkspaceId, dryRun } = input;
        return importCsv(serviceOf(ctx), input, {
          columns: COLUMNS,
          schema: ClientCostItem,
          rowOf: ({ amount, currency, ...cells }) => ({
            ...cells,
            amount: currency === undefined ? amount : { amount, currency },
          }),
          take: (costs) =>
            recordClientCosts(serviceOf(ctx), kind, { clientWorkspaceId, dryRun, costs }),
        });
      }),

    list: agencyProcedure
      .meta(route('GET', '', `List ${words.toLowerCase()}, the latest day first`))
      .input(clientInput(ListClientCostsInput.shape))
      .output(pageOf(clientCostOut))
      .query(({ ctx, input }) => listClientCosts(serviceOf(ctx), kind, withoutAgency(input))),

    update: agencyProcedure
      .meta(route('PATCH', '/{costId}', 'Change what is named; the rest stays'))
      .input(UpdateClientCostInput.safeExtend(agencyShape))
      .output(clientCostOut)
      .mutation(({ ctx, input }) => updateClientCost(serviceOf(ctx), kind, withoutAgency(input))),

    delete: agencyProcedure
      .meta(route('DELETE', '/{costId}', 'Take one out of every figure'))
      .input(clientInput(DeleteClientCostInput.shape))
      .output(clientCostOut)
      .mutation(({ ctx, input }) => deleteClientCost(serviceOf(ctx), kind, withoutAgency(input))),
  });
}

/** What was spent on advertising for a client. */
export const adSpendRouter = costsRouter({ kind: 'ad_spend', path: 'ad-spend', words: 'Ad spend' });

/** What a client cost that is no time, no tool and no advertising. */
export const otherCostsRouter = costsRouter({
  kind: 'other',
  path: 'other-costs',
  words: 'Other costs',
});
