import {
  createReport,
  CreateReportInput,
  downloadReport,
  getReport,
  GetReportInput,
  listReports,
  ListReportsInput,
  sendReport,
  SendReportInput,
} from '@retainer/core';

import { fileOut } from '../exports/files/file-answer.ts';
import { MEDIA_TYPES } from '../exports/files/media-types.ts';
import { clientInput, pageOf, withoutAgency } from '../schemas.ts';
import { agencyProcedure, portalProcedure, router, serviceOf } from '../trpc.ts';
import { createdReportOut, reportInFullOut, reportOut } from './outputs/report.ts';

const ALL = '/api/clients/{clientWorkspaceId}/reports';
const ONE = `${ALL}/{reportId}` as const;
const TAGS = ['Reports'];

/** A client's reports: those its tier brings at its cadence, and those its agency asks for. */
export const reportsRouter = router({
  create: agencyProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: ALL,
        tags: TAGS,
        summary: 'Make a report on a period that is over; it takes one of the reports meter',
      },
    })
    .input(clientInput(CreateReportInput.shape))
    .output(createdReportOut)
    .mutation(({ ctx, input }) =>
      createReport(serviceOf(ctx), ctx.services.reports, withoutAgency(input)),
    ),

  list: portalProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: ALL,
        tags: TAGS,
        summary: 'List reports by the end of their period, the latest first',
      },
    })
    .input(clientInput(ListReportsInput.shape))
    .output(pageOf(reportOut))
    .query(({ ctx, input }) => listReports(serviceOf(ctx), withoutAgency(input))),

  get: portalProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: ONE,
        tags: TAGS,
        summary: 'Read a report as it was made, beside today’s figures of its period',
      },
    })
    .input(clientInput(GetReportInput.shape))
    .output(reportInFullOut)
    .query(({ ctx, input }) => getReport(serviceOf(ctx), withoutAgency(input))),

  download: portalProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: `${ONE}/file`,
        tags: TAGS,
        summary: 'Download the file of a report: the same bytes that are mailed',
      },
      file: [MEDIA_TYPES.pdf],
    })
    .input(clientInput(GetReportInput.shape))
    .output(fileOut)
    .query(async ({ ctx, input }) => {
      const file = await downloadReport(serviceOf(ctx), ctx.services.reports, withoutAgency(input));
      const { name: fileName, mediaType, bytes } = file;
      return { fileName, mediaType, base64: Buffer.from(bytes).toString('base64') };
    }),

  send: agencyProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: `${ONE}/send`,
        tags: TAGS,
        summary: 'Mail a report now, to the client’s recipients or to others',
      },
    })
    .input(clientInput(SendReportInput.shape))
    .output(reportOut)
    .mutation(({ ctx, input }) =>
      sendReport(serviceOf(ctx), ctx.services.reports, withoutAgency(input)),
    ),
});
