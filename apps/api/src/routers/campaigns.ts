import {
  archiveCampaign,
  ArchiveCampaignInput,
  listCampaigns,
  ListCampaignsInput,
  upsertCampaign,
  UpsertCampaignInput,
} from '@retainer/core';

import { clientInput, pageOf, withoutAgency } from '../schemas.ts';
import { agencyProcedure, router, serviceOf } from '../trpc.ts';
import { campaignOut } from './outputs/campaign.ts';

/** What is known of a client's campaigns beside their facts. */
export const campaignsRouter = router({
  upsert: agencyProcedure
    .meta(route('PUT', '/{campaignId}', 'Register a campaign, or change what is known of it'))
    .input(clientInput(UpsertCampaignInput.shape))
    .output(campaignOut)
    .mutation(({ ctx, input }) => upsertCampaign(serviceOf(ctx), withoutAgency(input))),

  list: agencyProcedure
    .meta(route('GET', '', 'List a client’s campaigns by id'))
    .input(clientInput(ListCampaignsInput.shape))
    .output(pageOf(campaignOut))
    .query(({ ctx, input }) => listCampaigns(serviceOf(ctx), withoutAgency(input))),

  archive: agencyProcedure
    .meta(route('POST', '/{campaignId}/archive', 'Take a campaign out of the list; facts stay'))
    .input(clientInput(ArchiveCampaignInput.shape))
    .output(campaignOut)
    .mutation(({ ctx, input }) => archiveCampaign(serviceOf(ctx), withoutAgency(input))),
});

function route<TMethod extends 'GET' | 'POST' | 'PUT'>(
  method: TMethod,
  rest: string,
  summary: string,
) {
  const path = `/api/clients/{clientWorkspaceId}/campaigns${rest}` as const;
  return { openapi: { method, path, tags: ['Campaigns'], summary } };
}
