import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { findAgency } from '../tenancy/find-agency.ts';
import { AgencyBrand } from './agency-brand.entity.ts';
import { pictureOf, toBrandDto, type AgencyBrandDto, type LogoPicture } from './brand-dto.ts';

/** What the agency set of its look. */
export async function getAgencyBrand(ctx: ServiceContext): Promise<AgencyBrandDto> {
  const { brand } = await readBrand(ctx);
  return toBrandDto(brand);
}

/** What documents of the agency are drawn with: whose they are, and what was set, with the picture itself. */
export interface BrandToDraw extends Pick<AgencyBrandDto, 'primaryColor' | 'accentColor' | 'font'> {
  readonly name: string;
  readonly logo: LogoPicture | null;
}

/** The agency's look with its logo's bytes. */
export async function getBrandToDraw(ctx: ServiceContext): Promise<BrandToDraw> {
  const { name, brand } = await readBrand(ctx);
  const { primaryColor, accentColor, font } = toBrandDto(brand);
  return { name, primaryColor, accentColor, font, logo: pictureOf(brand) };
}

interface Branded {
  readonly name: string;
  readonly brand: AgencyBrand | null;
}

function readBrand(ctx: ServiceContext): Promise<Branded> {
  const { agencyId } = ctx;
  return inTransaction(
    ctx,
    async (em) => {
      const { name } = await findAgency(em, agencyId);
      return { name, brand: await em.findOne(AgencyBrand, { agencyId }, { refresh: true }) };
    },
    { readOnly: true },
  );
}
