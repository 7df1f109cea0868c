import type { ServiceContext } from '../kernel/context.ts';
import type { ReportContent } from './report-content.ts';

/** A report that was made. */
export interface MadeReport {
  readonly id: string;
  readonly content: ReportContent;
  readonly madeAt: Date;
}

/** A file for people. */
export interface ReportFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** A report on its way. */
export interface ReportMail {
  readonly report: MadeReport;
  readonly file: ReportFile;
  readonly recipients: readonly string[];
  /** The same for every repeat of one mailing, so that who gets it twice can tell. */
  readonly messageKey: string;
}

/** Who of the recipients the mail server took it for. */
export interface MailReceipt {
  readonly accepted: readonly string[];
  readonly rejected: readonly string[];
}

/** What reports need of the world outside: core knows no file format and no mail server. */
export interface ReportPorts {
  readonly render: (ctx: ServiceContext, report: MadeReport) => Promise<ReportFile>;
  /** Throws a `DomainError` without secrets in its words when the server did not take it. Left out: nobody is mailed. */
  readonly mail?: ((mail: ReportMail) => Promise<MailReceipt>) | undefined;
}
