import type { ReportPorts } from '@retainer/core';

import type { MailSettings } from './mail-settings.ts';
import { createMailer } from './mailer.ts';
import { renderReport } from './render-report.ts';

/** What reports need of the world outside: a PDF of each, and a mail server where one is set up. */
export function createReportPorts(mail: MailSettings | undefined): ReportPorts {
  return {
    render: renderReport,
    ...(mail && { mail: createMailer(mail) }),
  };
}
