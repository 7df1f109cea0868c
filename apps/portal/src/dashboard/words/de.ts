import { figures } from './figures.de.ts';
import type { PageMessages } from './messages.ts';
import { work } from './work.de.ts';

/** German. */
export const messages: PageMessages = { ...figures, ...work };
