import {
  getAgency,
  getAgencyKPIDashboard,
  GetAgencyKPIDashboardInput,
  getExport,
  getExportFile,
  GetExportInput,
  getKpiSeries,
  GetKpiSeriesInput,
  listKpiCampaigns,
  ListKpiCampaignsInput,
  listKpiClients,
  ListKpiClientsInput,
} from '@retainer/core';
import * as z from 'zod';

import { exportDashboard } from '../exports/export-dashboard.ts';
import { fileOut, toFileAnswer } from '../exports/files/file-answer.ts';
import { FORMATS, MEDIA_TYPES } from '../exports/files/media-types.ts';
import { startExport } from '../exports/start-export.ts';
import { eventsOf } from '../live/events-of.ts';
import { LIVE_FIELDS, openStream } from '../live/open-stream.ts';
import { inAgency, withoutAgency } from '../schemas.ts';
import { agencyProcedure, router, serviceOf, tickingServiceOf } from '../trpc.ts';
import { exportStatusOut } from './outputs/export.ts';
import { kpiDashboardOut } from './outputs/kpi-dashboard.ts';
import { kpiCampaignsOut, kpiClientsOut, kpiSeriesOut } from './outputs/kpi-lists.ts';
import { agencyEventOut } from './outputs/live.ts';

const PATH = '/api/agency/{agencyWorkspaceId}/kpi-dashboard';
const TAGS = ['KPI dashboard'];
const ExportShape = {
  ...GetAgencyKPIDashboardInput.shape,
  format: z.enum(FORMATS).meta({ description: 'A table, a workbook, or a deck of slides.' }),
};
const file = FORMATS.map((format) => MEDIA_TYPES[format]);

/** Where an agency stands, beside where it stood. */
export const kpiDashboardRouter = router({
  get: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: PATH,
        tags: TAGS,
        summary: 'Read the agency’s figures of a period, beside those it is compared with',
      },
    })
    .input(inAgency(GetAgencyKPIDashboardInput.shape))
    .output(kpiDashboardOut)
    .query(({ ctx, input }) => getAgencyKPIDashboard(serviceOf(ctx), withoutAgency(input))),

  series: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: `${PATH}/series`,
        tags: TAGS,
        summary: 'Read the agency’s figures over time, beside those they are compared with',
      },
    })
    .input(inAgency(GetKpiSeriesInput.shape))
    .output(kpiSeriesOut)
    .query(({ ctx, input }) => getKpiSeries(serviceOf(ctx), withoutAgency(input))),

  clients: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: `${PATH}/clients`,
        tags: TAGS,
        summary: 'Find and compare the agency’s clients, a page at a time',
      },
    })
    .input(inAgency(ListKpiClientsInput.shape))
    .output(kpiClientsOut)
    .query(({ ctx, input }) => listKpiClients(serviceOf(ctx), withoutAgency(input))),

  campaigns: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: `${PATH}/campaigns`,
        tags: TAGS,
        summary: 'Read which campaigns did best, and which ones to look at',
      },
    })
    .input(inAgency(ListKpiCampaignsInput.shape))
    .output(kpiCampaignsOut)
    .query(({ ctx, input }) => listKpiCampaigns(serviceOf(ctx), withoutAgency(input))),

  export: agencyProcedure
    .meta({
      file,
      openapi: {
        method: 'GET',
        path: `${PATH}/export`,
        tags: TAGS,
        summary: 'Take the agency’s figures away as a file',
      },
    })
    .input(inAgency(ExportShape))
    .output(fileOut)
    .query(async ({ ctx, input }) => {
      const { format, ...query } = withoutAgency(input);
      return toFileAnswer(await exportDashboard(serviceOf(ctx), { format, query }));
    }),

  startExport: agencyProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: `${PATH}/exports`,
        tags: TAGS,
        summary: 'Begin to make a file of the agency’s figures, without waiting for it',
      },
    })
    .input(inAgency(ExportShape))
    .output(exportStatusOut)
    .mutation(({ ctx, input }) => {
      const { format, ...query } = withoutAgency(input);
      const { later } = ctx.services;
      return startExport({ contextOf: tickingServiceOf(ctx), later }, { format, query });
    }),

  exportStatus: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: `${PATH}/exports/{exportId}`,
        tags: TAGS,
        summary: 'Read how far a file is that was begun',
      },
    })
    .input(inAgency(GetExportInput.shape))
    .output(exportStatusOut)
    .query(({ ctx, input }) => getExport(serviceOf(ctx), withoutAgency(input))),

  exportFile: agencyProcedure
    .meta({
      file,
      openapi: {
        method: 'GET',
        path: `${PATH}/exports/{exportId}/file`,
        tags: TAGS,
        summary: 'Fetch a file that is done, within the hour',
      },
    })
    .input(inAgency(GetExportInput.shape))
    .output(fileOut)
    .query(async ({ ctx, input }) =>
      toFileAnswer(await getExportFile(serviceOf(ctx), withoutAgency(input))),
    ),

  live: agencyProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: `${PATH}/live`,
        tags: TAGS,
        summary: 'Hear when anything of the agency changes, to read it again',
      },
      event: agencyEventOut,
    })
    .input(inAgency(LIVE_FIELDS))
    .output(eventsOf(agencyEventOut))
    .subscription(async ({ ctx, input: { lastEventId }, signal }) => {
      await getAgency(serviceOf(ctx));
      const scope = { agencyId: ctx.agencyId, clientId: undefined };
      return openStream(ctx, { scope, lastEventId, signal });
    }),
});
