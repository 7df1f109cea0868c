import type { figures } from './figures.en.ts';
import type { work } from './work.en.ts';

/** What is said of a client's figures. */
export type FigureWords = typeof figures;

/** What is said of entries, assignments and tiers. */
export type WorkWords = typeof work;

/** Everything that the client page and the tiers say. */
export type PageMessages = FigureWords & WorkWords;
