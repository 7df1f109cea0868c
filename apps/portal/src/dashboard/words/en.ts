import { figures } from './figures.en.ts';
import type { PageMessages } from './messages.ts';
import { work } from './work.en.ts';

/** English. */
export const messages: PageMessages = { ...figures, ...work };
