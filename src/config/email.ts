import { join } from 'node:path';
import {
  EmailPlugin,
  FileBasedTemplateLoader,
  emailAddressChangeHandler,
  emailVerificationHandler,
  passwordResetHandler,
} from '@vendure/email-plugin';
import type { Env } from './env';
import { orderConfirmationHandler } from './order-confirmation';

const TEMPLATES = join(__dirname, '../../../static/email/templates');

/** Sends by SMTP when there is a server for it; else the e-mails are kept as files and shown at /mailbox. */
export function emailPlugin(env: Env) {
  const common = {
    handlers: [
      orderConfirmationHandler,
      emailVerificationHandler,
      passwordResetHandler,
      emailAddressChangeHandler,
    ],
    templateLoader: new FileBasedTemplateLoader(TEMPLATES),
    globalTemplateVars: {
      fromAddress: env.MAIL_FROM,
      verifyEmailAddressUrl: `${env.STOREFRONT_URL}/verify`,
      passwordResetUrl: `${env.STOREFRONT_URL}/password-reset`,
      changeEmailAddressUrl: `${env.STOREFRONT_URL}/verify-email-address-change`,
    },
  };
  if (env.SMTP_URL === undefined) {
    return EmailPlugin.init({
      ...common,
      devMode: true,
      outputPath: join(env.DATA_DIR, 'mailbox'),
      route: 'mailbox',
    });
  }
  return EmailPlugin.init({ ...common, transport: smtpTransport(env.SMTP_URL) });
}

function smtpTransport(smtpUrl: string) {
  const url = new URL(smtpUrl);
  const secure = url.protocol === 'smtps:';
  return {
    type: 'smtp' as const,
    host: url.hostname,
    port: Number(url.port || (secure ? 465 : 587)),
    secure,
    ...(url.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
  };
}
