import type { Metric, Reason } from '../home/metrics.ts';
import type { HomeMessages } from './home-messages.ts';

/** Arabic. */
export const home: HomeMessages = {
  figures: 'المؤشرات الرئيسية',
  staleFigures: 'تعذّر تحديث هذه الأرقام.',
  clamped: 'الفترة السابقة أقصر',
  noPosts: (period) => `لم يُنشر أي منشور في ${period}. غيّر الفترة أو افتح التقويم.`,
  metrics: {
    roi: {
      name: 'العائد على الاستثمار',
      formula: '(القيمة − التكلفة) ÷ التكلفة، للعملاء المعروفة قيمتهم',
      sources: 'الساعات والأدوات والإنفاق الإعلاني وتكاليف أخرى؛ الإيرادات والعملاء المحتملون والتحويلات',
    },
    revenue: {
      name: 'الإيرادات',
      formula: 'مجموع الإيرادات التي أبلغت عنها المتاجر والأشخاص',
      sources: 'تحويلات من نوع «إيراد» بسعر صرف يومها',
    },
    cost: {
      name: 'إجمالي التكلفة',
      formula: 'الوقت + الأدوات + الإنفاق الإعلاني + تكاليف أخرى',
      sources: 'إدخالات الوقت بسعر يومها، وتكلفة الأدوات باليوم، والإنفاق الإعلاني، وتكاليف أخرى',
    },
    leads: {
      name: 'العملاء المحتملون',
      formula: 'عدد العملاء المحتملين المبلّغ عنهم في أيام الفترة',
      sources: 'تحويلات من نوع «عميل محتمل»، يدويًا أو بملف CSV أو عبر الواجهة البرمجية',
    },
    velocity: {
      name: 'المنشورات',
      formula: 'سرعة المحتوى: عدد المنشورات في أيام الفترة',
      sources: 'ما أبلغ عنه المجدول أنه نُشر',
    },
    clients: {
      name: 'العملاء النشطون',
      formula: 'العملاء الذين لديهم باقة، بما فيها التجريبية، في آخر يوم من الفترة',
      sources: 'إسناد الباقات',
    },
  },
  unknown,
  notCompared: 'دون مقارنة',
  firstTime: 'الشهر الأول: لا شيء للمقارنة بعد',
  versus: (days, value) => `مقابل ${days}: ${value}`,
  perDay: (change) => `${change} في اليوم`,
  knownPart: (amount) => `المعروف منها ${amount}`,
  explain: (name) => `ما معنى ${name}؟`,
  formula: 'الصيغة',
  sources: 'المصادر',
  lastSync: 'آخر مزامنة',
  metricsUntil: (day) => `المقاييس حتى ${day}`,
  noMetrics: 'لم تصل أي مقاييس بعد',
};

function unknown(metric: Metric | 'costPerLead', reason: Reason | undefined): string {
  switch (reason) {
    case 'no_complete_day':
      return 'لم ينتهِ أي يوم بعد';
    case 'missing_rate':
      return 'سعر مفقود';
    case 'mixed_currency':
      return 'لا يمكن جمع العملات';
    case 'zero_denominator':
      return metric === 'costPerLead' ? 'لا عملاء محتملين بعد' : 'لا تكلفة بعد';
    case 'missing_benchmark':
    case 'missing_data':
    case 'no_data':
    case 'not_additive':
    case undefined:
      return UNKNOWN[metric];
  }
}

const UNKNOWN: Readonly<Record<Metric | 'costPerLead', string>> = {
  roi: 'القيمة غير معروفة بعد',
  revenue: 'لا إيرادات بعد',
  cost: 'غير معروف بعد',
  leads: 'لا عملاء محتملين بعد',
  velocity: 'غير معروف بعد',
  clients: 'غير معروف بعد',
  costPerLead: 'لا عملاء محتملين بعد',
};
