import {
  listBenchmarks,
  ListBenchmarksInput,
  setBenchmark,
  SetBenchmarkInput,
} from '@retainer/core';

import { clientInput, pageOf, withoutAgency } from '../schemas.ts';
import { agencyProcedure, router, serviceOf } from '../trpc.ts';
import { benchmarkOut } from './outputs/assumption.ts';

const PATH = '/api/clients/{clientWorkspaceId}/benchmarks';
const TAGS = ['Benchmarks'];

/** What attention costs a client as ads. */
export const benchmarksRouter = router({
  upsert: agencyProcedure
    .meta({
      openapi: {
        method: 'PUT',
        path: PATH,
        tags: TAGS,
        summary: 'Set what attention costs as ads from a day on',
      },
    })
    .input(clientInput(SetBenchmarkInput.shape))
    .output(benchmarkOut)
    .mutation(({ ctx, input }) => setBenchmark(serviceOf(ctx), withoutAgency(input))),

  list: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: PATH,
        tags: TAGS,
        summary: 'List benchmarks by the day they hold from, the latest first',
      },
    })
    .input(clientInput(ListBenchmarksInput.shape))
    .output(pageOf(benchmarkOut))
    .query(({ ctx, input }) => listBenchmarks(serviceOf(ctx), withoutAgency(input))),
});
