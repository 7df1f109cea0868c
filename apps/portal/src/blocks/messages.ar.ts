import type { BlockMessages } from './messages.ts';

/** Arabic. */
export const blocks: BlockMessages = {
  retry: 'إعادة المحاولة',
  loading: 'جارٍ التحميل',
  couldNotLoad: (what) => `تعذّر تحميل ${what}.`,
  up: 'ارتفاع',
  down: 'انخفاض',
  stable: 'مستقر',
  good: 'جيد',
  bad: 'غير جيد',
  isNew: 'جديد',
  points: (value) => `${value} نقطة`,
};
