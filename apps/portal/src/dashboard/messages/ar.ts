import { blocks } from '../../blocks/messages.ar.ts';
import { home } from './home.ar.ts';
import type { DashboardMessages } from './messages.ts';

/** Arabic. */
export const messages: DashboardMessages = {
  blocks,
  frame: {
    screen: 'لوحة الوكالة',
    pages: 'الصفحات',
    overview: 'نظرة عامة',
    clients: 'العملاء',
    tiers: 'باقات الخدمة',
    back: 'العودة إلى النظرة العامة',
    theAgency: 'الوكالة',
    thisPage: 'هذه الصفحة',
    live: 'مباشر',
    notLive: 'غير مباشر: تُحدَّث الأرقام عند عودة الاتصال',
    updated: 'تم تحديث الأرقام.',
    cancel: 'إلغاء',
    close: 'إغلاق',
    save: 'حفظ',
  },
  period: {
    period: 'الفترة',
    comparison: 'مقارنة مع',
    presets: {
      month_to_date: 'الشهر حتى اليوم',
      last_month: 'الشهر الماضي',
      last_7_days: 'آخر 7 أيام',
      last_30_days: 'آخر 30 يومًا',
      last_90_days: 'آخر 90 يومًا',
      quarter_to_date: 'الربع حتى اليوم',
      last_quarter: 'الربع الماضي',
      year_to_date: 'السنة حتى اليوم',
      last_year: 'السنة الماضية',
      custom: 'تواريخ مخصّصة',
    },
    comparisons: {
      previous_period: 'الفترة السابقة',
      previous_month: 'الشهر السابق',
      previous_year: 'السنة السابقة',
      none: 'لا شيء',
    },
    from: 'من',
    to: 'إلى',
    apply: 'عرض',
    matchWeekday: 'مطابقة أيام الأسبوع',
    inverted: 'يجب ألا يكون اليوم الأول بعد اليوم الأخير.',
    comparedWith: (period, comparison) => `${period}، مقارنة مع ${comparison}`,
    zone: (city) => `الأيام بتوقيت ${city}`,
    noDay: 'لم ينتهِ أي يوم منها بعد.',
  },
  home,
};
