import {
  getBrandToDraw,
  getClientTier,
  type BrandToDraw,
  type ServiceContext,
} from '@retainer/core';

import { isHexColor, NEUTRAL_LOOK, type Brand } from './brand.ts';

/**
 * What a document looks like: the agency's own always carry its brand; those for a client only where the client's
 * tier grants it, else Retainer's neutral look with the agency's name.
 */
export async function brandFor(
  ctx: ServiceContext,
  { clientId }: { readonly clientId?: string | undefined } = {},
): Promise<Brand> {
  const brand = await getBrandToDraw(ctx);
  const isGranted = clientId === undefined || (await grantsBranding(ctx, clientId));
  return isGranted ? ownLook(brand) : { name: brand.name, ...NEUTRAL_LOOK };
}

async function grantsBranding(ctx: ServiceContext, clientWorkspaceId: string): Promise<boolean> {
  const { tier } = await getClientTier(ctx, { clientWorkspaceId });
  return tier?.features.customBranding ?? false;
}

function ownLook({ name, primaryColor, accentColor, font, logo }: BrandToDraw): Brand {
  return {
    name,
    logo: logo ?? undefined,
    primary: isHexColor(primaryColor) ? primaryColor : NEUTRAL_LOOK.primary,
    accent: isHexColor(accentColor) ? accentColor : NEUTRAL_LOOK.accent,
    font: font ?? NEUTRAL_LOOK.font,
  };
}
