import type { HomeMessages } from './home-messages.ts';

export const home: HomeMessages = { figures: 'Figures' };
