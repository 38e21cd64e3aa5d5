export { MailPlugin } from './mail.plugin';
export { emailPlugin } from './email-plugin';
export { MailService } from './services/mail.service';
export { MailOutcomeUnknownError, MailRefusedError } from './errors';
export { MAIL_LANGUAGES, chooseLanguage, type MailLanguage } from './rules/languages';
export type { MailAttachment, MailRequest } from './types';
export { MailGenerator } from './adapters/mail-generator';
export { layoutVars } from './rules/layout-vars';
