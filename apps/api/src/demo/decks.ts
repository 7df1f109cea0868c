import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { addDays } from '@retainer/domain';
import * as z from 'zod';

import { heading, say } from './paper.ts';
import type { Send } from './rest.ts';
import type { DemoAgency } from './setup.ts';

/** Where the files are put, and where they come from. */
export interface DeckOptions {
  readonly url: string;
  readonly at: Date;
  readonly dataDir: string;
}

/** What somebody who presents the numbers takes along. */
const FORMATS = ['pptx', 'pdf'] as const;
/** So many days are told, beside as many before them. */
const DAYS = 14;
const LOOK = { primaryColor: '#1D4E4A', accentColor: '#C9772B', font: 'Inter' };

/** Gives the agency a look and takes its dashboard of two weeks away as files; answers their paths. */
export async function makeDecks(
  send: Send,
  agency: DemoAgency,
  { url, at, dataDir }: DeckOptions,
): Promise<string[]> {
  const { id, agencyToken: token, days } = agency;
  const path = `/api/agency/${id}`;
  await send({ method: 'PUT', path: `${path}/brand`, token, body: LOOK }, z.unknown());
  const folder = resolve(join(dataDir, 'exports'));
  await mkdir(folder, { recursive: true });
  const startDate = addDays(days.endDate, 1 - DAYS);
  const query = `startDate=${startDate}&endDate=${days.endDate}`;
  const headers = { authorization: `Bearer ${token}`, 'x-test-clock': at.toISOString() };
  return Promise.all(
    FORMATS.map(async (format) => {
      const from = `${url}${path}/kpi-dashboard/export?format=${format}&${query}`;
      const answer = await fetch(from, { headers });
      if (!answer.ok) throw new Error(`${format}: ${answer.status} ${await answer.text()}`);
      const file = join(folder, `${id}.${format}`);
      await writeFile(file, new Uint8Array(await answer.arrayBuffer()));
      return file;
    }),
  );
}

/** Says where the files are. */
export function printDecks(files: readonly string[]): void {
  heading('The agency’s last two weeks, made for those who decide');
  for (const file of files) say(`  ${file}`);
}
